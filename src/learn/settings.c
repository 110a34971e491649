/* One table of settings, one of optimizers' arguments: key, kind of value, range, place. */
/* SPDX-License-Identifier: MIT */
#include "learn/settings.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

typedef enum value_kind {
    VALUE_NUMBER,
    VALUE_COUNT,
    VALUE_TRUTH,
    VALUE_FILE,
    VALUE_BATCH,
    VALUE_OPTIMIZER
} value_kind;

typedef struct rule {
    const char *owner; /* the optimizer it is an argument of; NULL: a setting of the training */
    const char *key;
    value_kind kind;
    size_t place; /* in settings */
    double lowest, highest;
    const char *wants;
} rule;

#define PLACE(field) offsetof(settings, field)
static const double whole_most = 9007199254740992.0; /* 2^53 */

static const rule rules[] = {
    {NULL, "optimizer", VALUE_OPTIMIZER, 0, 0, 0, "sgd(...), momentum(...) or adam(...)"},
    {NULL, "batch", VALUE_BATCH, PLACE(batch), 1, whole_most, "full or a whole number of 1 or more"},
    {NULL, "epochs", VALUE_COUNT, PLACE(epochs), 1, whole_most, "a whole number of 1 or more"},
    {NULL, "seed", VALUE_COUNT, PLACE(seed), 0, whole_most, "a whole number of 0 or more"},
    {NULL, "held_out", VALUE_NUMBER, PLACE(held_out), 0, 0.999999999,
     "a part of the rows: 0 or more, below 1"},
    {NULL, "log_every", VALUE_COUNT, PLACE(log_every), 1, whole_most, "a whole number of 1 or more"},
    {NULL, "shuffle", VALUE_TRUTH, PLACE(shuffle), 0, 0, "true or false"},
    {NULL, "save", VALUE_FILE, PLACE(save), 0, 0, "a file name that ends in .npz, as in \"weights.npz\""},
    {"sgd", "lr", VALUE_NUMBER, PLACE(lr), 1e-300, 1e300, "a number above 0"},
    {"sgd", "momentum", VALUE_NUMBER, PLACE(momentum), 0, 0.999999999, "0 or more, below 1"},
    {"sgd", "nesterov", VALUE_TRUTH, PLACE(nesterov), 0, 0, "true or false"},
    {"momentum", "lr", VALUE_NUMBER, PLACE(lr), 1e-300, 1e300, "a number above 0"},
    {"momentum", "beta", VALUE_NUMBER, PLACE(momentum), 0, 0.999999999, "0 or more, below 1"},
    {"momentum", "nesterov", VALUE_TRUTH, PLACE(nesterov), 0, 0, "true or false"},
    {"adam", "lr", VALUE_NUMBER, PLACE(lr), 1e-300, 1e300, "a number above 0"},
    {"adam", "beta1", VALUE_NUMBER, PLACE(beta1), 0, 0.999999999, "0 or more, below 1"},
    {"adam", "beta2", VALUE_NUMBER, PLACE(beta2), 0, 0.999999999, "0 or more, below 1"},
    {"adam", "eps", VALUE_NUMBER, PLACE(eps), 0, 1e300, "0 or more"},
};
enum { RULES = sizeof rules / sizeof *rules };

/* The optimizers with what they begin from. */
static const settings optimizers[] = {
    {.optimizer = "sgd", .kind = OPTIMIZER_SGD, .lr = 0.01},
    {.optimizer = "momentum", .kind = OPTIMIZER_SGD, .lr = 0.01, .momentum = 0.9},
    {.optimizer = "adam", .kind = OPTIMIZER_ADAM, .lr = 0.001, .beta1 = 0.9, .beta2 = 0.999, .eps = 1e-8},
};
enum { OPTIMIZERS = sizeof optimizers / sizeof *optimizers };

static void take_optimizer(settings *s, const settings *from) {
    s->optimizer = from->optimizer;
    s->kind = from->kind;
    s->lr = from->lr;
    s->momentum = from->momentum;
    s->nesterov = from->nesterov;
    s->beta1 = from->beta1;
    s->beta2 = from->beta2;
    s->eps = from->eps;
}

settings settings_default(void) {
    settings s = {.epochs = 100, .seed = 1, .shuffle = true};
    take_optimizer(&s, &optimizers[OPTIMIZERS - 1]);
    return s;
}

/* ---- one value ---- */

typedef struct setting_place {
    settings *settings;
    gradus_context *context;
    bool in_program;
} setting_place;

static bool refuse_value(const setting_place *at, const rule *r, const program_setting *x) {
    diagnostics *d = &at->context->diagnostics;
    diagnose(d, GRADUS_BAD_INPUT, "E421", "'%s' is %s", r->key, r->wants);
    diagnose_label(d, x->value_where, "%s", "");
    if (r->kind == VALUE_BATCH || r->kind == VALUE_COUNT)
        diagnose_help(d, "for example %s = %s", r->key, r->kind == VALUE_BATCH ? "32" : "10");
    else if (r->kind == VALUE_NUMBER)
        diagnose_help(d, "for example %s = %s", r->key, r->highest < 1 && r->lowest <= 0 ? "0.2" : "0.01");
    return false;
}

static bool is_word(const program_setting *x, const char *word) {
    return x->kind != SETTING_CALL && x->word && strcmp(x->word, word) == 0;
}

static bool in_range(const rule *r, const program_setting *x) {
    return x->kind == SETTING_NUMBER && x->number >= r->lowest && x->number <= r->highest;
}

static bool is_whole(double x) {
    return !(floor(x) < x);
}

static bool set_truth(bool *place, const program_setting *x) {
    *place = is_word(x, "true") || is_word(x, "yes") || is_word(x, "on");
    return *place || is_word(x, "false") || is_word(x, "no") || is_word(x, "off");
}

static bool set_file(const setting_place *at, const program_setting *x) {
    size_t length = x->word ? strlen(x->word) : 0;
    if (x->kind == SETTING_CALL || length < 5 || strcmp(x->word + length - 4, ".npz") != 0)
        return false;
    at->settings->save = x->word;
    at->settings->save_beside = at->in_program;
    return true;
}

static bool set_optimizer(const setting_place *at, const program_setting *x);

static bool set_value(const setting_place *at, const rule *r, const program_setting *x) {
    void *place = (char *)at->settings + r->place;
    if (r->place == PLACE(held_out))
        at->settings->held_out_where = x->value_where;
    if (r->kind == VALUE_BATCH)
        at->settings->batch_where = x->value_where;
    switch (r->kind) {
    case VALUE_OPTIMIZER: return set_optimizer(at, x);
    case VALUE_TRUTH: return set_truth(place, x) || refuse_value(at, r, x);
    case VALUE_FILE: return set_file(at, x) || refuse_value(at, r, x);
    case VALUE_BATCH:
        if (is_word(x, "full"))
            return *(uint64_t *)place = 0, true;
        break;
    case VALUE_NUMBER:
        if (!in_range(r, x))
            return refuse_value(at, r, x);
        return *(double *)place = x->number, true;
    case VALUE_COUNT: break;
    }
    if (!in_range(r, x) || !is_whole(x->number))
        return refuse_value(at, r, x);
    return *(uint64_t *)place = (uint64_t)x->number, true;
}

/* ---- keys ---- */

static bool belongs(const rule *r, const char *owner) {
    return owner ? r->owner && strcmp(r->owner, owner) == 0 : r->owner == NULL;
}

static const rule *find_rule(const char *owner, const char *key) {
    for (int i = 0; i < RULES; i++)
        if (belongs(&rules[i], owner) && strcmp(rules[i].key, key) == 0)
            return &rules[i];
    return NULL;
}

/* The nearest key, else all there are. */
static void offer_keys(diagnostics *d, const char *owner, const char *optimizer, const char *key) {
    unsigned best = 3;
    const char *near = NULL;
    text all = text_new(d->memory);
    for (int i = 0; i < RULES; i++) {
        if (!belongs(&rules[i], owner) && !belongs(&rules[i], optimizer))
            continue;
        unsigned distance = word_distance(key, rules[i].key, 2);
        if (distance < best && distance < strlen(key)) {
            best = distance;
            near = rules[i].key;
        }
        text_format(&all, all.length ? ", %s" : "%s", rules[i].key);
    }
    if (near)
        diagnose_help(d, "did you mean '%s'?", near);
    else
        diagnose_help(d, "there are %s", text_string(&all));
    text_free(&all);
}

/* Arguments of the optimizer in force may stand among the settings: lr = 0.01. */
bool settings_apply(settings *s, gradus_context *c, const program_setting *x, bool in_program) {
    setting_place at = {s, c, in_program};
    const rule *r = find_rule(NULL, x->key);
    if (!r)
        r = find_rule(s->optimizer, x->key);
    if (r)
        return set_value(&at, r, x);
    diagnose(&c->diagnostics, GRADUS_BAD_INPUT, "E420", "unknown setting '%s'", x->key);
    diagnose_label(&c->diagnostics, x->where, "%s", "");
    offer_keys(&c->diagnostics, NULL, s->optimizer, x->key);
    return false;
}

static bool set_argument(const setting_place *at, const settings *optimizer, const program_setting *x) {
    const char *key = x->key && *x->key ? x->key : "lr";
    const rule *r = find_rule(optimizer->optimizer, key);
    if (r)
        return set_value(at, r, x);
    diagnostics *d = &at->context->diagnostics;
    diagnose(d, GRADUS_BAD_INPUT, "E420", "%s has no argument '%s'", optimizer->optimizer, key);
    diagnose_label(d, x->where, "%s", "");
    offer_keys(d, optimizer->optimizer, optimizer->optimizer, key);
    return false;
}

static bool refuse_optimizer(const setting_place *at, const program_setting *x) {
    diagnostics *d = &at->context->diagnostics;
    unsigned best = 3;
    const char *near = NULL;
    diagnose(d, GRADUS_BAD_INPUT, "E422", "unknown optimizer '%s'", x->word ? x->word : "");
    diagnose_label(d, x->value_where, "%s", "");
    for (int i = 0; x->word && i < OPTIMIZERS; i++) {
        unsigned distance = word_distance(x->word, optimizers[i].optimizer, 2);
        if (distance < best && distance < strlen(x->word)) {
            best = distance;
            near = optimizers[i].optimizer;
        }
    }
    if (near)
        diagnose_help(d, "did you mean '%s'?", near);
    else
        diagnose_help(d, "there are sgd(lr, momentum, nesterov), momentum(lr, beta) and "
                         "adam(lr, beta1, beta2, eps)");
    return false;
}

static bool set_optimizer(const setting_place *at, const program_setting *x) {
    const settings *found = NULL;
    for (int i = 0; (x->kind == SETTING_WORD || x->kind == SETTING_CALL) && x->word && i < OPTIMIZERS; i++)
        if (strcmp(x->word, optimizers[i].optimizer) == 0)
            found = &optimizers[i];
    if (!found)
        return refuse_optimizer(at, x);
    take_optimizer(at->settings, found);
    bool good = true;
    for (size_t i = 0; x->kind == SETTING_CALL && i < x->argument_count; i++)
        good = set_argument(at, found, &x->arguments[i]) && good;
    return good;
}
