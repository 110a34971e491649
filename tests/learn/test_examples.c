/* The programs of examples/ on real data: what they reach on rows they have not seen, over five seeds. */
/* SPDX-License-Identifier: MIT */
#include "learn/learning.h"

static int compare(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The median over the seeds 1 to 5 of the held-out report; the longest training in *seconds. */
static double held_out(const char *path, double *seconds) {
    double reached[5];
    *seconds = 0;
    for (int i = 0; i < 5; i++) {
        learning l;
        char seed[8];
        snprintf(seed, sizeof seed, "%d", i + 1);
        learning_read(&l, path);
        set(&l, "seed", seed);
        expect_ok(&l, learning_train(&l));
        assert_string_equal(l.training.report_names[0], "accuracy");
        reached[i] = l.training.held_out_reports[0];
        *seconds = fmax(*seconds, l.training.seconds);
        learning_close(&l);
    }
    qsort(reached, 5, sizeof *reached, compare);
    return reached[2];
}

static void digits_reach_96_5_percent(void **state) {
    (void)state;
    double seconds, accuracy = held_out(GRADUS_SOURCE_DIR "/examples/digits.gradus", &seconds);
    print_message("digits: %.4f in at most %.2f s\n", accuracy, seconds);
    assert_true(accuracy >= 0.965);
}

static void breast_cancer_reaches_95_percent(void **state) {
    (void)state;
    double seconds, accuracy = held_out(GRADUS_SOURCE_DIR "/examples/breast_cancer.gradus", &seconds);
    print_message("breast cancer: %.4f in at most %.2f s\n", accuracy, seconds);
    assert_true(accuracy >= 0.95);
}

static void iris_reaches_93_percent(void **state) {
    (void)state;
    double seconds, accuracy = held_out(GRADUS_SOURCE_DIR "/examples/iris.gradus", &seconds);
    print_message("iris: %.4f in at most %.2f s\n", accuracy, seconds);
    assert_true(accuracy >= 0.93);
}

/* A trained program says of each row of its own data what the label says, for nearly all. */
static void digits_are_predicted(void **state) {
    (void)state;
    learning l;
    gradus_array digit, truth;
    const char *chosen;
    size_t right = 0;
    learning_read(&l, GRADUS_SOURCE_DIR "/examples/digits.gradus");
    set(&l, "epochs", "5");
    expect_ok(&l, learning_train(&l));
    expect_ok(&l, gradus_program_predict(l.p, NULL, &digit, &chosen));
    assert_string_equal(chosen, "digit");
    expect_ok(&l, gradus_array_read(l.c, GRADUS_SOURCE_DIR "/examples/data/digits.csv:label", &truth));
    assert_int_equal(digit.count, truth.count);
    for (size_t i = 0; i < truth.count; i++)
        right += digit.values[i] - truth.values[i] < 0.5 && truth.values[i] - digit.values[i] < 0.5;
    assert_true((double)right > 0.95 * (double)truth.count);
    gradus_array_free(l.c, &digit);
    gradus_array_free(l.c, &truth);
    learning_close(&l);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digits_reach_96_5_percent),
        cmocka_unit_test(breast_cancer_reaches_95_percent),
        cmocka_unit_test(iris_reaches_93_percent),
        cmocka_unit_test(digits_are_predicted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
