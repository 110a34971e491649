/* How rows are cut: the held-out part apart from the rest and shuffled, every row once in an epoch, nothing
 * leaks. */
/* SPDX-License-Identifier: MIT */
#include "learn/learning.h"

#include "learn/rows.h"

enum { ROWS = 103 };

/* A program whose row i holds the number i in both columns of X and in y. */
static void open_numbered(learning *l, const char *train) {
    char program_text[512];
    double x[2 * ROWS], y[ROWS];
    for (int i = 0; i < ROWS; i++)
        x[2 * i] = x[2 * i + 1] = y[i] = i;
    snprintf(
        program_text, sizeof program_text,
        "dim n\ndata X: [n, 2], y: [n], A: [2, 2] = 1\nparam w: [2] = 0\nminimize sum((X*A*w - y).^2)/n\n"
        "train { %s }",
        train);
    learning_open(l, program_text);
    char *xs = literal(ROWS, 2, x), *ys = literal(ROWS, 1, y);
    give(l, "X", xs);
    give(l, "y", ys);
    free(xs);
    free(ys);
}

typedef struct cut {
    learning l;
    bindings data;
    rows rows;
    arena arena;
} cut;

static void open_cut(cut *x, const char *train) {
    open_numbered(&x->l, train);
    memory *m = &x->l.c->memory;
    x->data = bindings_new(x->l.c->graph);
    x->arena = arena_new(m);
    assert_true(model_give_sizes(x->l.p, &x->data, false));
    assert_true(model_give_data(x->l.p, &x->data, 1));
    assert_true(rows_cut(&x->rows, x->l.p, &x->data, &x->l.p->settings, &x->arena));
}

static void close_cut(cut *x) {
    bindings_free(&x->data);
    arena_free(&x->arena);
    learning_close(&x->l);
}

static void held_out_rows_are_apart_and_shuffled(void **state) {
    (void)state;
    cut x;
    size_t seen[ROWS] = {0}, in_order = 0;
    open_cut(&x, "held_out = 0.2");
    assert_int_equal(x.rows.held_rows, 21); /* 20.6 rounded */
    assert_int_equal(x.rows.training_rows, ROWS - 21);
    assert_int_equal(x.rows.array_count, 2); /* A has no rows */
    const row_array *xs = &x.rows.arrays[0], *ys = &x.rows.arrays[1];
    for (size_t i = 0; i < ROWS; i++) {
        size_t k = i < 21 ? i : i - 21;
        double a = i < 21 ? xs->held_out[2 * k] : xs->training[2 * k];
        double b = i < 21 ? xs->held_out[2 * k + 1] : xs->training[2 * k + 1];
        double y = i < 21 ? ys->held_out[k] : ys->training[k];
        assert_true(a == b && a == y); /* rows stay whole */
        seen[(size_t)y]++;
        in_order += (size_t)y == i;
    }
    for (size_t i = 0; i < ROWS; i++)
        assert_int_equal(seen[i], 1);
    assert_true(in_order < 10);
    close_cut(&x);
}

static void every_row_comes_once_in_an_epoch(void **state) {
    (void)state;
    cut x;
    double first_of_epoch[3];
    open_cut(&x, "held_out = 0.1, batch = 8");
    size_t n = x.rows.training_rows, b = x.rows.batch_rows;
    assert_int_equal(b, 8);
    for (uint64_t epoch = 1; epoch <= 3; epoch++) {
        size_t seen[ROWS] = {0};
        rows_shuffle(&x.rows, &x.l.p->settings, epoch);
        for (size_t first = 0; first < n; first += b) {
            size_t count = n - first < b ? n - first : b;
            rows_gather(&x.rows, first, count);
            for (size_t i = 0; i < count; i++) {
                assert_true(x.rows.arrays[0].batch[2 * i] == x.rows.arrays[1].batch[i]);
                seen[(size_t)x.rows.arrays[1].batch[i]]++;
            }
            if (first == 0)
                first_of_epoch[epoch - 1] = x.rows.arrays[1].batch[0];
        }
        for (size_t i = 0; i < n; i++)
            assert_int_equal(seen[(size_t)x.rows.arrays[1].training[i]], 1);
        for (size_t i = 0; i < x.rows.held_rows; i++)
            assert_int_equal(seen[(size_t)x.rows.arrays[1].held_out[i]], 0);
    }
    assert_true(first_of_epoch[0] != first_of_epoch[1] || first_of_epoch[1] != first_of_epoch[2]);
    close_cut(&x);
}

static void without_shuffling_batches_follow_the_rows(void **state) {
    (void)state;
    cut x;
    open_cut(&x, "batch = 10, shuffle = false");
    rows_shuffle(&x.rows, &x.l.p->settings, 1);
    rows_gather(&x.rows, 100, 3);
    for (int i = 0; i < 3; i++)
        assert_true(x.rows.arrays[1].batch[i] == 100 + i);
    close_cut(&x);
}

/* Gradient descent over batches by hand: n in the program is the number of rows of the batch. */
static void the_size_is_that_of_the_batch(void **state) {
    (void)state;
    learning l;
    double w = 0, x[5] = {1, -2, 0.5, 1.5, -1}, y[5] = {2, 1, 0, -1, 3}, mean = 0;
    learning_open(&l, "dim n\ndata x: [n], y: [n]\nparam w: scalar = 0\nminimize sum((w*x - y).^2)/n\n"
                      "train { optimizer = sgd(lr = 0.1), batch = 2, epochs = 3, shuffle = false }");
    char *xs = literal(5, 1, x), *ys = literal(5, 1, y);
    give(&l, "x", xs);
    give(&l, "y", ys);
    expect_ok(&l, learning_train(&l));
    for (int epoch = 0; epoch < 3; epoch++) {
        mean = 0;
        for (int first = 0; first < 5; first += 2) {
            int count = first == 4 ? 1 : 2;
            double g = 0;
            for (int i = first; i < first + count; i++) {
                g += 2 * (w * x[i] - y[i]) * x[i] / count;
                mean += (w * x[i] - y[i]) * (w * x[i] - y[i]) / 5;
            }
            w -= 0.1 * g;
        }
    }
    assert_int_equal(l.training.steps, 9);
    assert_true(fabs(parameter(&l, "w", 1)[0] - w) < 1e-14);
    assert_true(fabs(l.at[2].objective - mean) < 1e-14);
    free(xs);
    free(ys);
    learning_close(&l);
}

/* The statistics of standardize come from the training rows alone. */
static void statistics_know_nothing_of_the_held_out_part(void **state) {
    (void)state;
    learning l;
    double y[ROWS], sum = 0, squares = 0;
    learning_open(
        &l, "dim n\ndata x: [n]\nparam w: scalar = 1\nlet z = standardize(x)\nminimize w^2*sum(z.^2)/n\n"
            "report m = sum(z)/n\ntrain { held_out = 0.3, epochs = 1, optimizer = sgd(lr = 0.001) }");
    for (int i = 0; i < ROWS; i++)
        y[i] = i * i;
    char *ys = literal(ROWS, 1, y);
    give(&l, "x", ys);
    expect_ok(&l, learning_train(&l));
    assert_true(fabs(l.training.reports[0]) < 1e-12);
    assert_true(fabs(l.training.held_out_reports[0]) > 1e-6);
    arena a = arena_new(&l.c->memory);
    bindings b = bindings_new(l.c->graph);
    rows r;
    assert_true(model_give_data(l.p, &b, 1) && rows_cut(&r, l.p, &b, &l.p->settings, &a));
    size_t n = r.training_rows;
    for (size_t i = 0; i < n; i++)
        sum += r.arrays[0].training[i];
    for (size_t i = 0; i < n; i++)
        squares += pow(r.arrays[0].training[i] - sum / (double)n, 2);
    assert_int_equal(l.p->fits.count, 2);
    assert_true(fabs(l.p->fits.values[0] / (sum / (double)n) - 1) < 1e-12);
    assert_true(fabs(l.p->fits.values[1] / sqrt(squares / (double)n) - 1) < 1e-12);
    bindings_free(&b);
    arena_free(&a);
    free(ys);
    learning_close(&l);
}

static void what_cannot_be_cut_is_refused(void **state) {
    (void)state;
    learning l;
    open_numbered(&l, "batch = 104");
    assert_int_equal(learning_train(&l), GRADUS_BAD_INPUT);
    expect_message(l.c, "E435", "a batch of 104 rows, but there are 103");
    learning_close(&l);
    open_numbered(&l, "held_out = 0.001");
    assert_int_equal(learning_train(&l), GRADUS_BAD_INPUT);
    expect_message(l.c, "E435", "leaves 0 to hold out");
    learning_close(&l);
    learning_open(&l, "dim n = 5\ndata K: [n, n] = randn(n, n)\nparam a: scalar = 1\nminimize a^2*sum(K.^2)\n"
                      "train { batch = 2 }");
    assert_int_equal(learning_train(&l), GRADUS_BAD_INPUT);
    expect_message(l.c, "E434", "'K' has n");
    learning_close(&l);
    learning_open(&l, "dim n = 5\ndata x: [n] = randn(n)\nparam a: [n] = 1\nminimize sum((x - a).^2)\n"
                      "train { held_out = 0.4 }");
    assert_int_equal(learning_train(&l), GRADUS_BAD_INPUT);
    expect_message(l.c, "E434", "'a' has n");
    learning_close(&l);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(held_out_rows_are_apart_and_shuffled),
        cmocka_unit_test(every_row_comes_once_in_an_epoch),
        cmocka_unit_test(without_shuffling_batches_follow_the_rows),
        cmocka_unit_test(the_size_is_that_of_the_batch),
        cmocka_unit_test(statistics_know_nothing_of_the_held_out_part),
        cmocka_unit_test(what_cannot_be_cut_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
