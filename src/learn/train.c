/* The loop: for every epoch, for every batch, x <- optimizer(x, d objective / d x). */
/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/platform.h"
#include "learn/trainer.h"

/* Lines of progress without log_every; seconds between the savings of a long training. */
enum { LINES = 20, SAVE_SECONDS = 5 };

typedef enum outcome { GOING_ON, STOPPED, DIVERGED, INTERRUPTED } outcome;

static diagnostics *messages_of(const trainer *t) {
    return &t->program->context->diagnostics;
}

/* x - x is 0 for finite x, not a number otherwise. */
static bool all_finite(const double *x, size_t count) {
    double a = 0, b = 0, c = 0, d = 0;
    size_t i = 0;
    for (; i + 4 <= count; i += 4) {
        a += x[i] - x[i];
        b += x[i + 1] - x[i + 1];
        c += x[i + 2] - x[i + 2];
        d += x[i + 3] - x[i + 3];
    }
    for (; i < count; i++)
        a += x[i] - x[i];
    return isfinite(a + b + c + d);
}

/* ---- saving ---- */

static bool save(trainer *t) {
    gradus_program *p = t->program;
    const settings *s = t->settings;
    if (!s->save)
        return true;
    const char *path = s->save_beside ? model_path(p, s->save) : s->save;
    p->epochs = t->epoch;
    if (!path || !checkpoint_save(p, path))
        return false;
    p->saved = context_text(p->context, path);
    t->saved_at = platform_seconds();
    return true;
}

static bool save_sometimes(trainer *t) {
    return platform_seconds() - t->saved_at < SAVE_SECONDS || save(t);
}

/* ---- how a training ends before its time ---- */

static void diverge(trainer *t, const char *singular) {
    double *x = t->program->parameters.values;
    if (singular)
        diagnose(messages_of(t), GRADUS_NUMERICAL, "E440", "%s met %s in epoch %llu, step %llu", singular,
                 op_undefined(singular), (unsigned long long)t->epoch, (unsigned long long)t->steps + 1);
    else
        diagnose(messages_of(t), GRADUS_NUMERICAL, "E440",
                 "the objective is not finite in epoch %llu, step %llu", (unsigned long long)t->epoch,
                 (unsigned long long)t->steps + 1);
    if (t->steps == 0)
        diagnose_help(messages_of(t),
                      "it is so for the first values of the parameters: look at the data and at them");
    else
        diagnose_help(messages_of(t),
                      "take a smaller step (lr), or standardize the data; the weights before the last "
                      "step are kept");
    memcpy(x, t->last_good, t->program->parameters.length * sizeof *x);
}

static void tell_interrupted(trainer *t) {
    diagnose(messages_of(t), GRADUS_INTERRUPTED, "E441", "interrupted in epoch %llu of %llu, after step %llu",
             (unsigned long long)t->epoch, (unsigned long long)t->settings->epochs,
             (unsigned long long)t->steps);
    if (t->program->saved)
        diagnose_help(messages_of(t), "the weights reached so far are in '%s'", t->program->saved);
    else
        diagnose_help(messages_of(t), "save = \"weights.npz\" would have kept the weights");
}

/* ---- steps and epochs ---- */

/* The parameters before a step with a finite objective are good; those after it show at the next one. */
static outcome take_step(trainer *t, execution *x, const gradus_train_options *o) {
    weights *w = &t->program->parameters;
    const char *what = NULL;
    gradus_status status = execution_run(x, t->settings->seed, t->steps, &what);
    if (status != GRADUS_OK || !isfinite(t->objective) || !all_finite(t->gradient, w->length)) {
        diverge(t, status != GRADUS_OK ? what ? what : "inv" : NULL);
        return DIVERGED;
    }
    memcpy(t->last_good, w->values, w->length * sizeof *w->values);
    optimizer_step(&t->optimizer, w->values, t->gradient);
    t->steps++;
    return o->interrupted && o->interrupted(o->user) ? INTERRUPTED : GOING_ON;
}

/* `mean`: of the objective over the epoch's batches, each weighed by its rows. */
static outcome run_epoch(trainer *t, const gradus_train_options *o, double *mean) {
    rows *r = &t->rows;
    outcome result = GOING_ON;
    if (r->batch_rows == r->training_rows) {
        result = take_step(t, &t->step, o);
        *mean = t->objective;
        return result;
    }
    rows_shuffle(r, t->settings, t->epoch);
    *mean = 0;
    for (size_t first = 0; first < r->training_rows && result == GOING_ON; first += r->batch_rows) {
        size_t left = r->training_rows - first, count = left < r->batch_rows ? left : r->batch_rows;
        rows_gather(r, first, count);
        result = take_step(t, count < r->batch_rows ? &t->rest : &t->step, o);
        *mean += t->objective * ((double)count / (double)r->training_rows);
    }
    return result;
}

static bool is_shown(const trainer *t) {
    uint64_t epochs = t->settings->epochs, every = t->settings->log_every;
    if (!every)
        every = epochs > LINES ? epochs / LINES + (epochs % LINES != 0) : 1;
    return t->epoch == 1 || t->epoch == epochs || t->epoch % every == 0;
}

static outcome show(trainer *t, const gradus_train_options *o, double mean) {
    const report_values *r = &t->program->reports;
    if (!o->progress || !is_shown(t))
        return GOING_ON;
    if (!trainer_report(t) || !isfinite(r->training[0])) {
        diverge(t, NULL);
        return DIVERGED;
    }
    gradus_progress now = {.epoch = t->epoch,
                           .epochs = t->settings->epochs,
                           .objective = mean,
                           .report_count = r->count,
                           .report_names = r->names,
                           .reports = r->training + 1,
                           .held_out = t->check.plan ? r->held_out : NULL,
                           .seconds = platform_seconds() - t->started};
    return o->progress(o->user, &now) ? STOPPED : GOING_ON;
}

static outcome run_epochs(trainer *t, const gradus_train_options *o) {
    outcome result = GOING_ON;
    while (result == GOING_ON && t->epoch < t->settings->epochs) {
        double mean = 0;
        t->epoch++;
        result = run_epoch(t, o, &mean);
        if (result == GOING_ON)
            result = show(t, o, mean);
        if (result == GOING_ON && !save_sometimes(t))
            result = STOPPED;
    }
    return result;
}

/* ---- the public call ---- */

static void answer(trainer *t, gradus_training *training) {
    const report_values *r = &t->program->reports;
    *training = (gradus_training){.epochs = t->epoch,
                                  .steps = t->steps,
                                  .objective = r->training[0],
                                  .held_out_objective = t->check.plan ? r->held_out[0] : NAN,
                                  .report_count = r->count,
                                  .report_names = r->names,
                                  .reports = r->training + 1,
                                  .held_out_reports = t->check.plan ? r->held_out + 1 : NULL,
                                  .seconds = platform_seconds() - t->started,
                                  .seed = t->settings->seed,
                                  .saved = t->program->saved};
}

/* The last step may have gone too far: its objective shows only now. */
static void finish(trainer *t, outcome result, gradus_training *training) {
    bool reported = trainer_report(t);
    if (result != DIVERGED && (!reported || !isfinite(t->program->reports.training[0]))) {
        result = DIVERGED;
        diverge(t, NULL);
        trainer_report(t);
    }
    if (result != DIVERGED || t->steps > 0)
        save(t);
    if (result == INTERRUPTED)
        tell_interrupted(t);
    t->program->epochs = t->epoch;
    answer(t, training);
}

gradus_status gradus_program_train(gradus_program *p, const gradus_train_options *options,
                                   gradus_training *training) {
    gradus_train_options none = {0};
    trainer t;
    if (!p || !training)
        return GRADUS_BAD_HANDLE;
    *training = (gradus_training){.held_out_objective = NAN, .objective = NAN};
    model_show_source(p);
    p->saved = NULL;
    if (!model_settings(p, &p->settings))
        return context_status(p->context);
    if (trainer_open(&t, p)) {
        outcome result = run_epochs(&t, options ? options : &none);
        finish(&t, result, training);
    }
    trainer_close(&t);
    return context_status(p->context);
}
