/* Weights in files: NPZ, one array for each parameter and each fitted statistic, and back. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/platform.h"
#include "data/npz.h"
#include "learn/model.h"

/* Entries that say how the weights came to be; loading passes over them. */
#define NOTE "gradus."

/* ---- out ---- */

static bool add_weights(zip_writer *z, const graph *g, const weights *w) {
    for (size_t i = 0; i < w->count; i++) {
        const weight *x = &w->at[i];
        dense a = {.rank = x->rank, .count = x->count, .values = w->values + x->offset};
        memcpy(a.shape, x->shape, x->rank * sizeof *a.shape);
        if (!npz_add(z, graph_name_text(g, x->name), &a))
            return false;
    }
    return true;
}

static bool add_note(zip_writer *z, const char *key, double value) {
    dense a = {.rank = 0, .count = 1, .values = &value};
    return npz_add(z, key, &a);
}

static bool pack(gradus_program *p, text *bytes) {
    zip_writer z = zip_begin(bytes);
    bool good = add_weights(&z, p->context->graph, &p->parameters) &&
                add_weights(&z, p->context->graph, &p->fits) &&
                add_note(&z, NOTE "seed", (double)p->settings.seed) &&
                add_note(&z, NOTE "epochs", (double)p->epochs);
    return zip_end(&z) && good;
}

bool checkpoint_save(gradus_program *p, const char *path) {
    gradus_context *c = p->context;
    text bytes = text_new(&c->memory);
    bool good = pack(p, &bytes);
    if (!good && !c->memory.failed) {
        diagnose(&c->diagnostics, GRADUS_LIMIT, "E438", "the weights are too large for '%s'", path);
        diagnose_help(&c->diagnostics, "an NPZ file holds less than 4 GiB, and at most 4096 arrays");
    }
    good = good && !c->memory.failed &&
           platform_replace_file(&c->diagnostics, path, text_string(&bytes), bytes.length);
    text_free(&bytes);
    return good;
}

gradus_status gradus_program_save(gradus_program *p, const char *path) {
    if (!p || !path)
        return GRADUS_BAD_HANDLE;
    model_show_source(p);
    if (model_has_weights(p))
        checkpoint_save(p, path);
    return context_status(p->context);
}

/* ---- in ---- */

typedef struct loading {
    gradus_program *program;
    const char *path;
    const zip_archive *archive;
    bindings *arrays;
} loading;

static bool take(loading *l, ref symbol) {
    gradus_context *c = l->program->context;
    const char *spelling = graph_name_text(c->graph, symbol_name(c->graph, symbol));
    size_t i;
    dense a;
    if (!npz_find(l->archive, spelling, &i)) {
        diagnose(&c->diagnostics, GRADUS_BAD_FILE, "E442",
                 "'%s' holds no '%s': it belongs to another program", l->path, spelling);
        diagnose_help(&c->diagnostics, "give the file that the training of '%s' saved", l->program->name);
        return false;
    }
    return npz_load(l->archive, i, &a) && bindings_give(l->arrays, symbol, l->path, &a);
}

static bool is_note(const char *spelling) {
    return strncmp(spelling, NOTE, strlen(NOTE)) == 0;
}

/* What nobody asked for does no harm, but says that something differs. */
static void warn_rest(const loading *l) {
    gradus_context *c = l->program->context;
    text spelling = text_new(&c->memory);
    for (size_t i = 0; i < npz_count(l->archive); i++) {
        text_clear(&spelling);
        npz_name(l->archive, i, &spelling);
        const char *s = text_string(&spelling);
        if (!is_note(s) && !bindings_find(l->arrays, graph_name(c->graph, s)))
            diagnose_warning(&c->diagnostics, "W431", "'%s' holds '%s', which the program does not know",
                             l->path, s);
    }
    text_free(&spelling);
}

static bool take_all(loading *l) {
    const program *read = l->program->read;
    bool good = true;
    for (size_t i = 0; i < read->variable_count; i++)
        if (read->variables[i].role == ROLE_PARAM)
            good = take(l, read->variables[i].symbol) && good;
    for (size_t i = 0; i < read->fit_count; i++)
        good = take(l, read->fits[i].symbol) && good;
    if (good)
        warn_rest(l);
    return good;
}

static void fill(weights *w, const bindings *b) {
    for (size_t i = 0; i < w->count; i++) {
        const bound_array *x = bindings_find(b, w->at[i].name);
        if (x && w->at[i].count)
            memcpy(w->values + w->at[i].offset, x->array.values, w->at[i].count * sizeof(double));
    }
    w->filled = true;
}

static void load(gradus_program *p, const char *path, const char *bytes, size_t length) {
    gradus_context *c = p->context;
    data_source s = {&c->memory, &c->diagnostics, path};
    zip_archive z;
    if (!npz_open(&s, bytes, length, &z))
        return;
    bindings b = bindings_new(c->graph);
    b.trouble = GRADUS_BAD_FILE;
    loading l = {p, path, &z, &b};
    if (model_give_sizes(p, &b, true) && take_all(&l) && weights_layout_parameters(p, &b) &&
        weights_layout_fits(p, &b)) {
        fill(&p->parameters, &b);
        fill(&p->fits, &b);
    }
    bindings_free(&b);
    zip_close(&z);
}

gradus_status gradus_program_load(gradus_program *p, const char *path) {
    if (!p || !path)
        return GRADUS_BAD_HANDLE;
    gradus_context *c = p->context;
    char *bytes;
    size_t length;
    model_show_source(p);
    if (platform_read_file(&c->memory, &c->diagnostics, path, DATA_BYTES_MOST, &bytes, &length)) {
        load(p, path, bytes, length);
        memory_free(&c->memory, bytes, length + 1);
    }
    return context_status(c);
}
