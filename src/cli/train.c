/* gradus train and gradus predict: programs at work. */
/* SPDX-License-Identifier: MIT */
#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/terminal.h"

static int was_interrupted(void *user) {
    (void)user;
    return terminal_interrupted();
}

static gradus_status set_word(gradus_program *p, const char *word, bool data) {
    const char *equals = strchr(word, '=');
    if (!equals || equals == word) {
        cli_error("'%s' is no NAME=VALUE", word);
        return GRADUS_BAD_INPUT;
    }
    size_t length = (size_t)(equals - word);
    char *name = malloc(length + 1);
    if (!name)
        return GRADUS_OUT_OF_MEMORY;
    memcpy(name, word, length);
    name[length] = '\0';
    gradus_status status = data ? gradus_program_data(p, name, equals + 1)
                                : gradus_program_set(p, name, equals + 1);
    free(name);
    return status;
}

static gradus_status apply_settings(const arguments *a, gradus_program *p) {
    static const struct {
        option_id option;
        const char *name;
    } direct[] = {{OPTION_SEED, "seed"}, {OPTION_EPOCHS, "epochs"}, {OPTION_SAVE, "save"}};
    gradus_status status = GRADUS_OK;
    const option_values *set = &a->options[OPTION_SET];
    for (size_t i = 0; status == GRADUS_OK && i < set->count; i++)
        status = set_word(p, set->at[i], false);
    for (size_t i = 0; status == GRADUS_OK && i < sizeof direct / sizeof *direct; i++)
        if (option_given(a, direct[i].option))
            status = gradus_program_set(p, direct[i].name, option_value(a, direct[i].option));
    return status;
}

static int open_program(const arguments *a, gradus_context **c, gradus_program **p) {
    if (a->count == 0) {
        cli_error("a program is missing: gradus %s FILE", a->command);
        return 2;
    }
    *c = gradus_context_new(NULL);
    if (!*c) {
        cli_error("out of memory");
        return 5;
    }
    gradus_status status = gradus_program_read(*c, a->words[0], p);
    for (size_t i = 1; status == GRADUS_OK && i < a->count; i++)
        status = set_word(*p, a->words[i], true);
    if (status == GRADUS_OK)
        return 0;
    return gradus_message_count(*c) ? cli_fail(a, *c, status) : gradus_status_exit(status);
}

typedef struct display {
    FILE *out;
} display;

static int show_progress(void *user, const gradus_progress *p) {
    const display *d = user;
    fprintf(d->out, "epoch %llu  objective %.6g", (unsigned long long)p->epoch, p->objective);
    for (size_t i = 0; i < p->report_count; i++)
        fprintf(d->out, "  %s %.6g", p->report_names[i], p->reports[i]);
    for (size_t i = 0; p->held_out && i < p->report_count; i++)
        fprintf(d->out, "  held-out %s %.6g", p->report_names[i], p->held_out[i + 1]);
    fputc('\n', d->out);
    fflush(d->out);
    return 0;
}

static void add_number(cJSON *o, const char *key, double x) {
    cJSON_AddItemToObject(o, key, isfinite(x) ? cJSON_CreateNumber(x) : cJSON_CreateNull());
}

static int answer_json(const gradus_training *t) {
    cJSON *o = json_start("train");
    cJSON_AddNumberToObject(o, "epochs", (double)t->epochs);
    add_number(o, "objective", t->objective);
    cJSON *reports = cJSON_AddObjectToObject(o, "reports");
    for (size_t i = 0; i < t->report_count; i++)
        add_number(reports, t->report_names[i], t->reports[i]);
    if (t->held_out_reports) {
        cJSON *held = cJSON_AddObjectToObject(o, "held_out");
        add_number(held, "objective", t->held_out_objective);
        for (size_t i = 0; i < t->report_count; i++)
            add_number(held, t->report_names[i], t->held_out_reports[i]);
    }
    add_number(o, "seconds", t->seconds);
    cJSON_AddNumberToObject(o, "seed", (double)t->seed);
    if (t->saved)
        cJSON_AddStringToObject(o, "saved", t->saved);
    return cli_json(o);
}

static int answer_text(const gradus_training *t) {
    printf("trained %llu epochs in %.2f s: objective %.6g", (unsigned long long)t->epochs, t->seconds,
           t->objective);
    for (size_t i = 0; i < t->report_count; i++)
        printf(", %s %.6g", t->report_names[i], t->reports[i]);
    putchar('\n');
    if (t->held_out_reports) {
        printf("held out: objective %.6g", t->held_out_objective);
        for (size_t i = 0; i < t->report_count; i++)
            printf(", %s %.6g", t->report_names[i], t->held_out_reports[i]);
        putchar('\n');
    }
    if (t->saved)
        printf("saved %s\n", t->saved);
    return cli_finish();
}

int run_train(const arguments *a) {
    gradus_context *c = NULL;
    gradus_program *p = NULL;
    int code = open_program(a, &c, &p);
    if (code == 0) {
        gradus_status status = apply_settings(a, p);
        if (status != GRADUS_OK)
            code = gradus_message_count(c) ? cli_fail(a, c, status) : gradus_status_exit(status);
    }
    if (code == 0) {
        bool json = option_given(a, OPTION_JSON);
        display d = {json ? stderr : stdout};
        gradus_train_options options = {show_progress, was_interrupted, &d};
        gradus_training t;
        terminal_watch_interrupts();
        gradus_status status = gradus_program_train(p, &options, &t);
        if (status == GRADUS_OK)
            code = json ? answer_json(&t) : answer_text(&t);
        else
            code = cli_fail(a, c, status);
    }
    gradus_context_free(c);
    return code;
}

static int write_prediction(const arguments *a, gradus_context *c, const char *name,
                            const gradus_array *value) {
    const char *path = option_value(a, OPTION_OUT);
    if (path) {
        gradus_status status = gradus_array_write(c, path, value);
        if (status != GRADUS_OK)
            return cli_fail(a, c, status);
    }
    if (option_given(a, OPTION_JSON)) {
        cJSON *o = json_start("predict"), *shape = cJSON_AddArrayToObject(o, "shape");
        for (size_t k = 0; k < value->rank; k++)
            cJSON_AddItemToArray(shape, cJSON_CreateNumber((double)value->shape[k]));
        cJSON_AddStringToObject(o, "output", name);
        if (!path)
            cJSON_AddItemToObject(o, "value", json_array_values(value));
        return cli_json(o);
    }
    if (!path)
        print_array(value, false);
    return cli_finish();
}

int run_predict(const arguments *a) {
    gradus_context *c = NULL;
    gradus_program *p = NULL;
    const char *params = option_value(a, OPTION_PARAMS), *name = NULL;
    int code = open_program(a, &c, &p);
    gradus_array value = {0};
    if (code == 0) {
        gradus_status status = params ? gradus_program_load(p, params) : GRADUS_OK;
        if (status == GRADUS_OK)
            status = gradus_program_predict(p, option_value(a, OPTION_OUTPUT), &value, &name);
        code = status == GRADUS_OK ? write_prediction(a, c, name, &value) : cli_fail(a, c, status);
    }
    if (c)
        gradus_array_free(c, &value);
    gradus_context_free(c);
    return code;
}
