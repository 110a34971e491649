/* Lines 0, 1, 2, ...: solved and written by one thread or several, their outcomes added up in order. */
/* SPDX-License-Identifier: MIT */
#include "numeric_internal.h"

#include <math.h>

static void write_entry(const numeric_call *call, numeric_place place, double value, double bound,
                        int status) {
    size_t at[2] = {place.at, place.mirror};
    for (int k = 0; k < 2 && place.at != NUMERIC_NOWHERE; k++) {
        call->value[at[k]] = value;
        if (call->bound != NULL)
            call->bound[at[k]] = bound;
        if (call->options.entry_status != NULL)
            call->options.entry_status[at[k]] = status;
    }
}

/* The first of the highest statuses names the entry. */
static void note_status(numeric_outcome *outcome, int status, size_t row, size_t column) {
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
    note_status(outcome, remark, row, column);
}

static void keep_entry(numeric_call *call, numeric_place place, const numeric_component *c) {
    gradus_numeric_report *report = &call->present.report;
    if (place.at == NUMERIC_NOWHERE)
        return;
    write_entry(call, place, c->best.value, c->bound, c->remark);
    report->noise = numeric_max(report->noise, c->relative_noise);
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
    note_status(&call->present, status, first.row, first.column);
    call->present.report.evaluations = call->function.evaluations - before;
}

static void add_outcome(numeric_outcome *all, const numeric_outcome *one) {
    gradus_numeric_report *sum = &all->report;
    sum->evaluations += one->report.evaluations;
    sum->noisy += one->report.noisy;
    sum->inaccurate += one->report.inaccurate;
    sum->kinks += one->report.kinks;
    sum->domain += one->report.domain;
    sum->noise = numeric_max(sum->noise, one->report.noise);
    note_status(all, one->status, one->report.row, one->report.column);
}

void numeric_forget(numeric_call *call, const numeric_task *task, size_t first, size_t count) {
    for (size_t line = first; line < count; line++)
        for (size_t r = 0; r < call->function.m; r++)
            write_entry(call, task->place(call, line, r), (double)NAN, (double)INFINITY,
                        GRADUS_NUMERIC_FAILED);
}

/* Lines first to end - 1, which threads take from `next`. */
typedef struct numeric_batch {
    const numeric_task *task;
    size_t first, end;
    platform_counter next;
    numeric_outcome *outcomes; /* (end - first) */
} numeric_batch;

/* What one thread does. Where the callback gives up, no further line is begun; those before it all were. */
static void work_on_batch(void *user) {
    numeric_call *call = user;
    numeric_batch *batch = call->batch;
    for (size_t line; (line = platform_counter_take(&batch->next)) < batch->end;) {
        work_on(call, batch->task, line);
        batch->outcomes[line - batch->first] = call->present;
        if (call->present.status == GRADUS_NUMERIC_FAILED)
            platform_counter_set(&batch->next, batch->end);
    }
}

/* A thread that does not start is none the less done without. */
static void work_together(numeric_call *call, numeric_batch *batch) {
    numeric_call *idle = call->next;
    call->batch = batch;
    for (size_t lines = batch->end - batch->first; idle != NULL && lines > 1; lines--) {
        idle->batch = batch;
        if (!platform_thread_start(&idle->thread, work_on_batch, idle))
            break;
        idle = idle->next;
    }
    work_on_batch(call);
    for (numeric_call *busy = call->next; busy != idle; busy = busy->next)
        platform_thread_join(&busy->thread);
}

/* Adds an outcome to those of the call; 0 when the callback gave up there: no line from there on has a value.
 */
static int settle(numeric_call *call, const numeric_task *task, const numeric_outcome *outcome, size_t line,
                  size_t count) {
    add_outcome(&call->all, outcome);
    if (outcome->status != GRADUS_NUMERIC_FAILED)
        return 1;
    numeric_forget(call, task, line, count);
    return 0;
}

static int work_alone(numeric_call *call, const numeric_task *task, size_t count) {
    for (size_t line = 0; line < count; line++) {
        work_on(call, task, line);
        if (!settle(call, task, &call->present, line, count))
            return 0;
    }
    return 1;
}

int numeric_work(numeric_call *call, const numeric_task *task, size_t count) {
    if (call->next == NULL)
        return work_alone(call, task, count);
    for (size_t first = 0; first < count; first += NUMERIC_BATCH) {
        numeric_batch batch = {.task = task, .first = first, .outcomes = call->outcomes};
        batch.end = count - first < NUMERIC_BATCH ? count : first + NUMERIC_BATCH;
        platform_counter_set(&batch.next, first);
        work_together(call, &batch);
        for (size_t line = first; line < batch.end; line++)
            if (!settle(call, task, &batch.outcomes[line - first], line, count))
                return 0;
    }
    return 1;
}
