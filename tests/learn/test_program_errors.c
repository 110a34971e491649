/* Mistakes in programs, settings and data: each is told with its code, its place and its remedy. */
/* SPDX-License-Identifier: MIT */
#include "learn/learning.h"

/* The program is refused; the message has this code, and stands at this line and column. */
static void refused(const char *program_text, const char *code, size_t line, size_t column,
                    const char *words) {
    gradus_context *c = gradus_context_new(NULL);
    gradus_program *p;
    gradus_message m;
    assert_int_equal(gradus_program_parse(c, "test.gradus", program_text, &p), GRADUS_BAD_INPUT);
    assert_null(p);
    expect_message(c, code, words);
    assert_true(gradus_message_get(c, 0, &m));
    assert_string_equal(m.code, code);
    if (m.line != line || m.column != column)
        fail_msg("%s at %zu:%zu, not %zu:%zu", code, m.line, m.column, line, column);
    gradus_context_free(c);
}

#define MODEL "param w: scalar = 1\nminimize w^2\n"

static void settings_are_checked_where_they_stand(void **state) {
    (void)state;
    refused(MODEL "train { epoch = 3 }", "E420", 3, 9, "did you mean 'epochs'?");
    refused(MODEL "train { optimizer = adamm(lr = 1) }", "E422", 3, 21, "did you mean 'adam'?");
    refused(MODEL "train { optimizer = rmsprop(lr = 1) }", "E422", 3, 21, "there are sgd(lr");
    refused(MODEL "train { optimizer = sgd(lr = 1, beta1 = 0.9) }", "E420", 3, 33,
            "sgd has no argument 'beta1'");
    refused(MODEL "train { optimizer = adam(lr = 0) }", "E421", 3, 31, "a number above 0");
    refused(MODEL "train { optimizer = adam(beta2 = 1) }", "E421", 3, 34, "below 1");
    refused(MODEL "train { optimizer = 3 }", "E422", 3, 21, "unknown optimizer");
    refused(MODEL "train { epochs = 0 }", "E421", 3, 18, "a whole number of 1 or more");
    refused(MODEL "train { epochs = 2.5 }", "E421", 3, 18, "a whole number of 1 or more");
    refused(MODEL "train { batch = 0 }", "E421", 3, 17, "full or a whole number");
    refused(MODEL "train { batch = half }", "E421", 3, 17, "full or a whole number");
    refused(MODEL "train { held_out = 1 }", "E421", 3, 20, "0 or more, below 1");
    refused(MODEL "train { shuffle = maybe }", "E421", 3, 19, "true or false");
    refused(MODEL "train { save = \"w.npy\" }", "E421", 3, 16, "ends in .npz");
}

static void all_mistakes_of_a_file_are_told(void **state) {
    (void)state;
    gradus_context *c = gradus_context_new(NULL);
    gradus_program *p;
    gradus_program_parse(c, "t", MODEL "train { epoch = 3, optimizer = sgd(rate = 1), batch = -1 }", &p);
    assert_int_equal(gradus_message_count(c), 3);
    gradus_context_free(c);
}

static void wrong_setting(learning *l, const char *key, const char *value, const char *code, size_t column,
                          const char *words) {
    gradus_message m;
    settings before = l->p->settings;
    assert_int_equal(gradus_program_set(l->p, key, value), GRADUS_BAD_INPUT);
    expect_message(l->c, code, words);
    assert_true(gradus_message_get(l->c, 0, &m));
    assert_int_equal(m.column, column);
    gradus_messages_clear(l->c);
    assert_memory_equal(&before.epochs, &l->p->settings.epochs, sizeof before.epochs);
    assert_true(before.lr == l->p->settings.lr);
}

static void settings_from_outside(void **state) {
    (void)state;
    learning l;
    learning_open(&l, MODEL "train { optimizer = sgd(lr = 0.5), epochs = 7 }");
    wrong_setting(&l, "epochs", "5x", "E421", 8, "a whole number");
    wrong_setting(&l, "lr", "nan", "E421", 4, "above 0");
    wrong_setting(&l, "lr", "-1", "E421", 4, "above 0");
    wrong_setting(&l, "lr", "1e400", "E421", 4, "above 0");
    wrong_setting(&l, "epochs", "18446744073709551616", "E421", 8, "a whole number");
    wrong_setting(&l, "beta1", "0.5", "E420", 1, "unknown setting 'beta1'");
    wrong_setting(&l, "ephocs", "5", "E420", 1, "did you mean 'epochs'?");
    wrong_setting(&l, "optimizer", "adam(lr=0.1, beta=3)", "E420", 24, "adam has no argument 'beta'");
    learning_close(&l);
}

static void settings_reach_the_training(void **state) {
    (void)state;
    learning l;
    learning_open(&l, MODEL "train { optimizer = sgd(lr = 0.5), epochs = 7, seed = 3 }");
    set(&l, "lr", "0.25");
    set(&l, "epochs", "2");
    expect_ok(&l, learning_train(&l));
    assert_true(parameter(&l, "w", 1)[0] == 0.25); /* 1 - 0.25*2*1 = 0.5, 0.5 - 0.25*2*0.5 */
    assert_int_equal(l.training.seed, 3);
    assert_int_equal(l.training.epochs, 2);
    set(&l, "optimizer", "adam(lr = 0.5)"); /* the rate given before still counts */
    assert_true(l.p->settings.kind == OPTIMIZER_ADAM && l.p->settings.lr == 0.25);
    learning_close(&l);
}

static void lines_of_progress_are_few(void **state) {
    (void)state;
    learning l;
    learning_open(&l, MODEL "train { optimizer = sgd(lr = 0.001), epochs = 1000 }");
    expect_ok(&l, learning_train(&l));
    assert_true(l.records >= 10 && l.records <= 22);
    set(&l, "log_every", "100");
    expect_ok(&l, learning_train(&l));
    assert_int_equal(l.records, 11);
    assert_int_equal(l.at[0].epoch, 1);
    assert_int_equal(l.at[10].epoch, 1000);
    learning_close(&l);
}

/* ---- data ---- */

#define LINE                                                                                                 \
    "dim n\ndata X: [n, 2], y: [n]\ndata labels: [n] integer in 0..2 = 1\n"                                  \
    "param w: [2] = 0\nminimize sum((X*w - y).^2)/n + sum(labels)\ntrain { epochs = 1 }"

static void data_refused(const char *x, const char *y, const char *labels, gradus_status status,
                         const char *code, const char *words) {
    learning l;
    learning_open(&l, LINE);
    if (x)
        give(&l, "X", x);
    if (y)
        give(&l, "y", y);
    if (labels)
        give(&l, "labels", labels);
    assert_int_equal(learning_train(&l), status);
    expect_message(l.c, code, words);
    learning_close(&l);
}

static void data_that_does_not_fit_is_named(void **state) {
    (void)state;
    const char *x = "[1,2;3,4;5,6]";
    data_refused(x, "[1,2]", NULL, GRADUS_BAD_INPUT, "E451",
                 "'y' ([1,2]) has n = 2, but 'X' ([1,2;3,4;5,6]) has n = 3");
    data_refused("[1,2,3;4,5,6]", "[1,2]", NULL, GRADUS_BAD_INPUT, "E452",
                 "declared [n, 2], but its data is [2, 3]");
    data_refused(x, "[1,2;3,4;5,6]", NULL, GRADUS_BAD_INPUT, "E452", "choose one column");
    data_refused(x, NULL, NULL, GRADUS_BAD_INPUT, "E430", "'y' has no data");
    data_refused(x, "[1,2,nan]", NULL, GRADUS_BAD_FILE, "E431", "'y' ([1,2,nan]) has nan in row 3");
    data_refused("[1,2;3,inf;5,6]", "[1,2,3]", NULL, GRADUS_BAD_FILE, "E431", "inf in row 2, column 2");
    data_refused(x, "[1,2,3]", "[0,3,1]", GRADUS_BAD_FILE, "E453", "entry 2: 3 is not in 0..2");
    data_refused(x, "[1,2,3]", "[0,1.5,1]", GRADUS_BAD_FILE, "E453", "entry 2: 1.5 is not a whole number");
    data_refused(x, "[1,2,3]", "[0,1", GRADUS_BAD_INPUT, "E455", "the closing ] is missing");
    data_refused(x, "nofile.csv:1", NULL, GRADUS_BAD_FILE, "E301", "nofile.csv");
    data_refused("randn(0,2)", "[1,2]", NULL, GRADUS_BAD_INPUT, "E451", "n = ");
    data_refused("randn(0,2)", "randn(0)", "randn(0)", GRADUS_BAD_FILE, "E435", "no rows");
}

static void files_of_a_program_lie_beside_it(void **state) {
    (void)state;
    gradus_context *c = gradus_context_new(NULL);
    gradus_program *p;
    gradus_training t;
    const char *text_of_program =
        "dim n\ndata X: [n, 2] = \"data/iris.csv:1-2\", y: [n] = \"data/iris.csv:9\"\n"
        "param w: [2] = 0\nminimize sum((X*w - y).^2)\n";
    assert_int_equal(gradus_program_parse(c, "examples/test.gradus", text_of_program, &p), GRADUS_OK);
    assert_int_equal(gradus_program_train(p, NULL, &t), GRADUS_BAD_FILE);
    expect_message(c, "E314", "examples/data/iris.csv");
    expect_message(c, "E314", "read for 'y'");
    gradus_context_free(c);
}

static void names_from_outside_are_known_ones(void **state) {
    (void)state;
    learning l;
    learning_open(&l, LINE);
    assert_int_equal(gradus_program_data(l.p, "lables", "3"), GRADUS_BAD_INPUT);
    expect_message(l.c, "E444", "did you mean 'labels'?");
    learning_close(&l);
}

static void sizes_may_come_from_outside(void **state) {
    (void)state;
    learning l;
    learning_open(&l, "dim n, h\ndata x: [n] = randn(n)\nparam w: [h] = 1\nminimize sum(w.^2)*sum(x.^2)\n"
                      "train { epochs = 1 }");
    give(&l, "n", "4");
    assert_int_equal(learning_train(&l), GRADUS_BAD_INPUT);
    expect_message(l.c, "E432", "the size 'h' of 'w' has no number");
    gradus_messages_clear(l.c);
    give(&l, "h", "6");
    expect_ok(&l, learning_train(&l));
    parameter(&l, "w", 6);
    give(&l, "h", "6.5");
    assert_int_equal(learning_train(&l), GRADUS_BAD_INPUT);
    expect_message(l.c, "E452", "h=6.5");
    learning_close(&l);
}

static void programs_without_aim_are_refused(void **state) {
    (void)state;
    learning l;
    learning_open(&l, "param w: scalar = 1");
    assert_int_equal(learning_train(&l), GRADUS_BAD_INPUT);
    expect_message(l.c, "E437", "nothing to minimize");
    learning_close(&l);
    learning_open(&l, "data x: scalar = 1\nminimize x");
    assert_int_equal(learning_train(&l), GRADUS_BAD_INPUT);
    expect_message(l.c, "E437", "nothing to learn");
    learning_close(&l);
    learning_open(&l, "param w: scalar = 1, u: scalar = 2\nminimize w^2\ntrain { epochs = 1 }");
    expect_ok(&l, learning_train(&l));
    expect_message(l.c, "W430", "does not depend on the parameter 'u'");
    learning_close(&l);
}

/* A constant column has no spread to divide by. */
static void constant_columns_are_standardized_to_zero(void **state) {
    (void)state;
    learning l;
    learning_open(&l, "dim n\ndata X: [n, 2]\nparam w: [2] = 1\nlet Z = standardize(X)\nlet z = Z*w\n"
                      "minimize sum(z.^2)/n\nreport first = sum(Z[:,1:1].^2)\ntrain { epochs = 1 }");
    give(&l, "X", "[7,1;7,2;7,4]");
    expect_ok(&l, learning_train(&l));
    assert_true(l.training.reports[0] == 0);
    assert_true(isfinite(l.training.objective));
    learning_close(&l);
}

/* ---- names ---- */

static void names_of_the_program_enter_the_context(void **state) {
    (void)state;
    learning l;
    gradus_expr objective, z2, again, variable;
    learning_read(&l, GRADUS_SOURCE_DIR "/examples/course.gradus");
    expect_ok(&l, gradus_program_objective(l.p, &objective));
    expect_ok(&l, gradus_program_let(l.p, "z2", &z2));
    expect_ok(&l, gradus_parse(l.c, "z2", &again));
    assert_true(gradus_same(l.c, z2, again));
    expect_ok(&l, gradus_parse(l.c, "0.5*sum((z2 - y).^2)/n", &again));
    assert_true(gradus_same(l.c, objective, again));
    expect_ok(&l, gradus_variable(l.c, "W1", &variable));
    assert_int_equal(gradus_rank(l.c, variable), 2);
    assert_string_equal(gradus_program_let_name(l.p, 0), "z1");
    assert_string_equal(gradus_program_let_name(l.p, 2), "z2");
    assert_null(gradus_program_let_name(l.p, 3));
    assert_int_equal(gradus_program_let(l.p, "a2", &again), GRADUS_BAD_INPUT);
    expect_message(l.c, "E443", "did you mean 'a1'?");
    learning_close(&l);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(settings_are_checked_where_they_stand),
        cmocka_unit_test(all_mistakes_of_a_file_are_told),
        cmocka_unit_test(settings_from_outside),
        cmocka_unit_test(settings_reach_the_training),
        cmocka_unit_test(lines_of_progress_are_few),
        cmocka_unit_test(data_that_does_not_fit_is_named),
        cmocka_unit_test(files_of_a_program_lie_beside_it),
        cmocka_unit_test(names_from_outside_are_known_ones),
        cmocka_unit_test(sizes_may_come_from_outside),
        cmocka_unit_test(programs_without_aim_are_refused),
        cmocka_unit_test(constant_columns_are_standardized_to_zero),
        cmocka_unit_test(names_of_the_program_enter_the_context),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
