/* Weights on disk: saved, loaded, predicted with, refused where they do not fit; whole at every moment. */
/* SPDX-License-Identifier: MIT */
#include "learn/learning.h"

static const char model[] = "dim n, d, h = 4\ndata X: [n, d], y: [n]\n"
                            "param W: [d, h] ~ he, b: [h] = 0, v: [h] ~ normal(0, 1)\n"
                            "let a = tanh(standardize(X)*W .+ b')\nlet z = a*v\nlet error = z - y\n"
                            "minimize sum(error.^2)/n\nreport e = sum(error.^2)/n\n"
                            "train { optimizer = adam(lr = 0.01), epochs = 30, batch = 8, seed = 4 }";

static void give_random(learning *l) {
    give(l, "X", "randn(30,3)");
    give(l, "y", "randn(30)");
}

static void expect_shape(const gradus_array *a, size_t rank, size_t count) {
    assert_int_equal(a->rank, rank);
    assert_int_equal(a->count, count);
}

static void saved_weights_predict_the_same(void **state) {
    (void)state;
    learning l, m;
    char place[512];
    gradus_array here, there, mean;
    const char *chosen;
    const char *rows = "[1,2,3;-1,0,1]"; /* another number of rows than in training */
    learning_open(&l, model);
    give_random(&l);
    set(&l, "save", temporary(place, ".npz"));
    expect_ok(&l, learning_train(&l));
    assert_string_equal(l.training.saved, place);
    give(&l, "X", rows);
    /* y still has its 30 rows: that contradicts. */
    assert_int_equal(gradus_program_predict(l.p, "z", &here, &chosen), GRADUS_BAD_INPUT);
    expect_message(l.c, "E451", "n = ");
    gradus_messages_clear(l.c);
    give(&l, "y", "[1,2]");
    expect_ok(&l, gradus_program_predict(l.p, "z", &here, &chosen));

    learning_open(&m, model);
    expect_ok(&m, gradus_program_load(m.p, place));
    give(&m, "X", rows);
    /* y is missing: the last let that can be computed is z. */
    expect_ok(&m, gradus_program_predict(m.p, NULL, &there, &chosen));
    assert_string_equal(chosen, "z");
    expect_shape(&there, 1, 2);
    expect_shape(&here, 1, 2);
    assert_memory_equal(here.values, there.values, 2 * sizeof(double));
    /* The file is an ordinary NPZ, with the statistics of standardize in it. */
    char spec[600];
    snprintf(spec, sizeof spec, "%s:X_mean", place);
    expect_ok(&m, gradus_array_read(m.c, spec, &mean));
    expect_shape(&mean, 1, 3);
    gradus_array_free(m.c, &mean);
    gradus_array_free(l.c, &here);
    gradus_array_free(m.c, &there);
    learning_close(&l);
    learning_close(&m);
    remove(place);
}

static void named_outputs(void **state) {
    (void)state;
    learning l;
    gradus_array a;
    const char *chosen;
    learning_open(&l, model);
    assert_int_equal(gradus_program_predict(l.p, NULL, &a, &chosen), GRADUS_BAD_INPUT);
    expect_message(l.c, "E439", "no weights yet");
    gradus_messages_clear(l.c);
    give_random(&l);
    expect_ok(&l, learning_train(&l));
    expect_ok(&l, gradus_program_predict(l.p, "e", &a, &chosen)); /* a report, over all the data */
    expect_shape(&a, 0, 1);
    assert_true(fabs(a.values[0] - l.training.reports[0]) < 1e-13);
    gradus_array_free(l.c, &a);
    expect_ok(&l, gradus_program_predict(l.p, "a", &a, &chosen));
    expect_shape(&a, 2, 120);
    gradus_array_free(l.c, &a);
    assert_int_equal(gradus_program_predict(l.p, "erorr", &a, &chosen), GRADUS_BAD_INPUT);
    expect_message(l.c, "E443", "did you mean 'error'");
    learning_close(&l);
}

static void missing_data_is_named(void **state) {
    (void)state;
    learning l, m;
    gradus_array a;
    const char *chosen;
    char place[512];
    learning_open(&l, model);
    give_random(&l);
    expect_ok(&l, learning_train(&l));
    expect_ok(&l, gradus_program_save(l.p, temporary(place, ".npz")));
    learning_open(&m, model);
    expect_ok(&m, gradus_program_load(m.p, place));
    assert_int_equal(gradus_program_predict(m.p, "z", &a, &chosen), GRADUS_BAD_INPUT);
    expect_message(m.c, "E430", "'z' needs 'X'");
    learning_close(&l);
    learning_close(&m);
    remove(place);
}

static void foreign_weights_are_refused(void **state) {
    (void)state;
    learning l, m;
    char place[512];
    learning_open(&l, model);
    give_random(&l);
    expect_ok(&l, learning_train(&l));
    expect_ok(&l, gradus_program_save(l.p, temporary(place, ".npz")));
    learning_open(
        &m, "dim n, d, h = 4\ndata X: [n, d]\nparam W: [d, h] = 0, c: [h] = 0\nminimize sum(W) + sum(c)");
    assert_int_equal(gradus_program_load(m.p, place), GRADUS_BAD_FILE);
    expect_message(m.c, "E442", "holds no 'c'");
    learning_close(&m);
    learning_open(
        &m, "dim n, d, h = 7\ndata X: [n, d]\nparam W: [d, h] = 0, b: [h] = 0\nminimize sum(W) + sum(b)");
    assert_int_equal(gradus_program_load(m.p, place), GRADUS_BAD_FILE);
    expect_message(m.c, "E451", "has h = 4, but 'dim h' has h = 7");
    learning_close(&m);
    learning_open(
        &m, "dim n, d, h\ndata X: [n, d]\nparam W: [h, d, 1] = 0, b: [h] = 0\nminimize sum(W) + sum(b)");
    assert_int_equal(gradus_program_load(m.p, place), GRADUS_BAD_FILE);
    expect_message(m.c, "E452", "'W' (");
    learning_close(&m);
    learning_open(&m, model);
    assert_int_equal(gradus_program_load(m.p, GRADUS_SOURCE_DIR "/examples/course.gradus"), GRADUS_BAD_FILE);
    learning_close(&m);
    learning_close(&l);
    remove(place);
}

/* Every prefix of the file is refused, and the weights there were stay. */
static void truncated_files_are_refused(void **state) {
    (void)state;
    learning l;
    char place[512], cut[512];
    static char bytes[1 << 16];
    double before[12];
    learning_open(&l, model);
    give_random(&l);
    expect_ok(&l, learning_train(&l));
    expect_ok(&l, gradus_program_save(l.p, temporary(place, ".npz")));
    memcpy(before, parameter(&l, "W", 12), sizeof before);
    FILE *f = fopen(place, "rb");
    assert_non_null(f);
    size_t length = fread(bytes, 1, sizeof bytes, f);
    fclose(f);
    temporary(cut, ".cut.npz");
    for (size_t n = 0; n < length; n += 1 + n / 16) {
        f = fopen(cut, "wb");
        assert_non_null(f);
        assert_int_equal(fwrite(bytes, 1, n, f), n);
        fclose(f);
        assert_int_equal(gradus_program_load(l.p, cut), GRADUS_BAD_FILE);
        gradus_messages_clear(l.c);
        assert_memory_equal(before, parameter(&l, "W", 12), sizeof before);
    }
    expect_ok(&l, gradus_program_load(l.p, place));
    assert_memory_equal(before, parameter(&l, "W", 12), sizeof before);
    learning_close(&l);
    remove(place);
    remove(cut);
}

/* ---- endings before the time ---- */

static void interruption_saves_what_was_reached(void **state) {
    (void)state;
    learning l, m;
    char place[512];
    learning_open(&l, model);
    give_random(&l);
    set(&l, "save", temporary(place, ".npz"));
    l.interrupt_after = 5;
    assert_int_equal(learning_train(&l), GRADUS_INTERRUPTED);
    assert_int_equal(l.training.steps, 5);
    assert_int_equal(l.training.epochs, 2);
    expect_message(l.c, "E441", "after step 5");
    learning_open(&m, model);
    expect_ok(&m, gradus_program_load(m.p, place));
    assert_memory_equal(parameter(&l, "W", 12), parameter(&m, "W", 12), 12 * sizeof(double));
    learning_close(&l);
    learning_close(&m);
    remove(place);
}

static void progress_may_stop_the_training(void **state) {
    (void)state;
    learning l;
    learning_open(&l, model);
    give_random(&l);
    l.stop_at_epoch = 7;
    expect_ok(&l, learning_train(&l));
    assert_true(l.training.epochs >= 7 && l.training.epochs < 30);
    learning_close(&l);
}

/* The rate 1e200 makes the objective infinite at the second step: the weights before the first one remain. */
static void divergence_keeps_the_last_good_weights(void **state) {
    (void)state;
    learning l, m;
    char place[512];
    learning_open(&l, "data t: [2] = 3\nparam w: [2] = 1\nminimize sum((w - t).^2)\n"
                      "train { optimizer = sgd(lr = 1e200), epochs = 9 }");
    set(&l, "save", temporary(place, ".npz"));
    assert_int_equal(learning_train(&l), GRADUS_NUMERICAL);
    expect_message(l.c, "E440", "not finite in epoch");
    assert_true(parameter(&l, "w", 2)[0] == 1);
    assert_true(isfinite(l.training.objective));
    learning_open(&m, "data t: [2] = 3\nparam w: [2] = 0\nminimize sum((w - t).^2)");
    expect_ok(&m, gradus_program_load(m.p, place));
    assert_true(parameter(&m, "w", 2)[1] == 1);
    learning_close(&l);
    learning_close(&m);
    remove(place);
    learning_open(&l, "data t: [2] = 3\nparam w: [2] = -1\nminimize sum(log(w))\ntrain { epochs = 2 }");
    set(&l, "save", place);
    assert_int_equal(learning_train(&l), GRADUS_NUMERICAL);
    expect_message(l.c, "E440", "first values of the parameters");
    assert_null(fopen(place, "rb")); /* nothing was learnt, nothing is written */
    learning_close(&l);
}

static void an_unwritable_file_is_an_error(void **state) {
    (void)state;
    learning l;
    learning_open(&l, model);
    give_random(&l);
    set(&l, "save", "/no/such/directory/w.npz");
    assert_int_equal(learning_train(&l), GRADUS_BAD_FILE);
    expect_message(l.c, "E301", "/no/such/directory/w.npz");
    learning_close(&l);
}

/* Paths in the program are beside it; numpy reads what is saved. */
static void numpy_reads_the_weights(void **state) {
    (void)state;
    const char *python = getenv("GRADUS_PYTHON");
    learning l;
    char place[512], command[2048];
    if (!python)
        skip();
    learning_open(&l, model);
    give_random(&l);
    expect_ok(&l, learning_train(&l));
    expect_ok(&l, gradus_program_save(l.p, temporary(place, ".npz")));
    snprintf(command, sizeof command,
             "%s -c \"import numpy, sys; z = numpy.load('%s'); "
             "ok = z['W'].shape == (3, 4) and abs(z['W'][2, 1] - %.17g) < 1e-15 and z['b'].shape == (4,) and "
             "z['X_scale'].shape == (3,) and z['gradus.seed'] == 4; sys.exit(0 if ok else 1)\"",
             python, place, parameter(&l, "W", 12)[9]);
    assert_int_equal(system(command), 0);
    learning_close(&l);
    remove(place);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(saved_weights_predict_the_same),
        cmocka_unit_test(named_outputs),
        cmocka_unit_test(missing_data_is_named),
        cmocka_unit_test(foreign_weights_are_refused),
        cmocka_unit_test(truncated_files_are_refused),
        cmocka_unit_test(interruption_saves_what_was_reached),
        cmocka_unit_test(progress_may_stop_the_training),
        cmocka_unit_test(divergence_keeps_the_last_good_weights),
        cmocka_unit_test(an_unwritable_file_is_an_error),
        cmocka_unit_test(numpy_reads_the_weights),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
