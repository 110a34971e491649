/* Lines 0, 1, 2, ...: each solved, its entries written, its outcome added to that of the call. */
/* SPDX-License-Identifier: MIT */
#include "numeric_internal.h"

#include <math.h>

static void write_entry(const numeric_call *call, numeric_place place, double value, double bound,
                        int status) {
    size_t at[2] = {place.at, place.mirror};
    for (int k = 0; k < 2; k++) {
        call->value[at[k]] = value;
        if (call->bound != NULL)
            call->bound[at[k]] = bound;
        if (call->options.entry_status != NULL)
            call->options.entry_status[at[k]] = status;
    }
}

/* The first of the highest statuses names the entry. */
static void raise(numeric_outcome *outcome, int status, size_t row, size_t column) {
    if (status <= outcome->status)
        return;
    outcome->status = status;
    outcome->report.row = row;
    outcome->report.column = column;
}

void numeric_note(numeric_outcome *outcome, int remark, size_t row, size_t column) {
    gradus_numeric_report *report = &outcome->report;
    report->noisy += remark == GRADUS_NUMERIC_NOISY;
    report->inaccurate += remark == GRADUS_NUMERIC_INACCURATE;
    report->kinks += remark == GRADUS_NUMERIC_KINK;
    report->domain += remark >= GRADUS_NUMERIC_STEP && remark <= GRADUS_NUMERIC_DOMAIN;
    raise(outcome, remark, row, column);
}

static void keep_entry(numeric_call *call, numeric_place place, const numeric_component *c) {
    gradus_numeric_report *report = &call->present.report;
    write_entry(call, place, c->best.value, c->bound, c->remark);
    report->noise = fmax(report->noise, c->relative_noise);
    numeric_note(&call->present, c->remark, place.row, place.column);
}

/* The limit of evaluations is an outcome with values; a callback that gave up is not. */
static void work_on(numeric_call *call, const numeric_task *task, size_t line) {
    size_t before = call->function.evaluations;
    numeric_place first = task->place(call, line, 0);
    call->present = (numeric_outcome){0};
    int status = task->solve(call, line);
    for (size_t r = 0; r < call->function.m && status != GRADUS_NUMERIC_FAILED; r++)
        keep_entry(call, task->place(call, line, r), &call->components[r]);
    raise(&call->present, status, first.row, first.column);
    call->present.report.evaluations = call->function.evaluations - before;
}

static void add_outcome(numeric_outcome *all, const numeric_outcome *one) {
    gradus_numeric_report *sum = &all->report;
    sum->evaluations += one->report.evaluations;
    sum->noisy += one->report.noisy;
    sum->inaccurate += one->report.inaccurate;
    sum->kinks += one->report.kinks;
    sum->domain += one->report.domain;
    sum->noise = fmax(sum->noise, one->report.noise);
    raise(all, one->status, one->report.row, one->report.column);
}

void numeric_forget(numeric_call *call, const numeric_task *task, size_t first, size_t count) {
    for (size_t line = first; line < count; line++)
        for (size_t r = 0; r < call->function.m; r++)
            write_entry(call, task->place(call, line, r), (double)NAN, (double)INFINITY,
                        GRADUS_NUMERIC_FAILED);
}

int numeric_work(numeric_call *call, const numeric_task *task, size_t count) {
    for (size_t line = 0; line < count; line++) {
        work_on(call, task, line);
        add_outcome(&call->all, &call->present);
        if (call->present.status == GRADUS_NUMERIC_FAILED) {
            numeric_forget(call, task, line, count);
            return 0;
        }
    }
    return 1;
}
