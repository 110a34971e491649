/* Values for variables: sizes follow from shapes, contradictions are told, texts mean arrays, results come
 * back. */
/* SPDX-License-Identifier: MIT */
#include "learn/learning.h"

typedef struct values {
    gradus_context *c;
    gradus_expr e;
    gradus_array a;
} values;

static void good(gradus_context *c, gradus_status status) {
    if (status != GRADUS_OK)
        fail_msg("status %d:\n%s", (int)status, gradus_messages(c, 0));
}

static void open_values(values *v, const char *declarations, const char *expression) {
    memset(v, 0, sizeof *v);
    v->c = gradus_context_new(NULL);
    assert_non_null(v->c);
    good(v->c, gradus_declare(v->c, declarations));
    good(v->c, gradus_parse(v->c, expression, &v->e));
}

static void close_values(values *v) {
    gradus_array_free(v->c, &v->a);
    gradus_context_free(v->c);
}

static void expect_array(values *v, size_t rank, const size_t *shape, const double *expected) {
    good(v->c, gradus_evaluate(v->c, v->e, &v->a));
    assert_int_equal(v->a.rank, rank);
    for (size_t k = 0; k < rank; k++)
        assert_int_equal(v->a.shape[k], shape[k]);
    for (size_t i = 0; i < v->a.count; i++)
        if (!(fabs(v->a.values[i] - expected[i]) <= 1e-12 * (1 + fabs(expected[i]))))
            fail_msg("entry %zu is %.17g, not %.17g", i, v->a.values[i], expected[i]);
}

static void products_of_bound_arrays(void **state) {
    (void)state;
    values v;
    const double a[6] = {1, 2, 3, 4, 5, 6}, x[3] = {1, 0, -1};
    open_values(&v, "A: [m, n]; x: [n]", "A*x");
    good(v.c, gradus_bind(v.c, "A", 2, (size_t[]){2, 3}, a));
    good(v.c, gradus_bind(v.c, "x", 1, (size_t[]){3}, x));
    expect_array(&v, 1, (size_t[]){2}, (double[]){-2, -2});
    gradus_array_free(v.c, &v.a);
    gradus_unbind_all(v.c); /* other sizes from here on */
    good(v.c, gradus_bind_text(v.c, "A", "[1,2;3,4;5,6]"));
    good(v.c, gradus_bind_text(v.c, "x", "[1,1]"));
    expect_array(&v, 1, (size_t[]){3}, (double[]){3, 7, 11});
    close_values(&v);
}

static void shapes_that_lose_nothing_are_taken(void **state) {
    (void)state;
    const struct {
        const char *declaration, *value;
        double sum;
    } cases[] = {{"q: [n]", "[1,2,3]", 6},
                 {"q: [n]", "[1;2;3]", 6},
                 {"q: [n, 1]", "[1;2;3]", 6},
                 {"q: [1, n]", "[1,2,3]", 6},
                 {"q: [2, n]", "[1,2;3,4]", 10},
                 {"q: scalar", "[5]", 5},
                 {"q: [1]", "7", 7},
                 {"q: [n]", "[-1.5e0 , +2]", 0.5},
                 {"q: [n]", "ones(4)", 4},
                 {"q: scalar", "2/3 + 1/3", 1},
                 {"q: scalar", "-sqrt(4)*pi/pi", -2}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        values v;
        bool scalar = strstr(cases[i].declaration, "scalar") != NULL;
        open_values(&v, cases[i].declaration, scalar ? "q" : "sum(q)");
        good(v.c, gradus_bind_text(v.c, "q", cases[i].value));
        expect_array(&v, 0, NULL, &cases[i].sum);
        close_values(&v);
    }
}

static void a_vector_fits_a_column_matrix(void **state) {
    (void)state;
    values v;
    const double x[3] = {1, 2, 3};
    open_values(&v, "q: [n, 1]", "q'*q");
    good(v.c, gradus_bind(v.c, "q", 1, (size_t[]){3}, x));
    expect_array(&v, 2, (size_t[]){1, 1}, (double[]){14});
    close_values(&v);
}

static void bad_value(const char *declarations, const char *expression, const char *spelling,
                      const char *value, gradus_status status, const char *code, const char *words) {
    values v;
    open_values(&v, declarations, expression);
    assert_int_equal(gradus_bind_text(v.c, spelling, value), status);
    expect_message(v.c, code, words);
    close_values(&v);
}

static void values_that_do_not_fit_are_told(void **state) {
    (void)state;
    bad_value("q: [n, m]", "sum(q)", "q", "ones(3)", GRADUS_BAD_INPUT, "E452", "declare 'q: [n]'");
    bad_value("q: [n]", "sum(q)", "q", "[1,2;3,4]", GRADUS_BAD_INPUT, "E452", "declare 'q: [n, 2]'");
    bad_value("q: [n, 1]", "sum(q)", "q", "[1,2,3]", GRADUS_BAD_INPUT, "E452", "write a column as [1;2;3]");
    bad_value("q: [n, n]", "tr(q)", "q", "[1,2,3;4,5,6]", GRADUS_BAD_INPUT, "E451", "n = 3");
    bad_value("q: [n, 3]", "sum(q)", "q", "[1,2]", GRADUS_BAD_INPUT, "E452", "declared [n, 3]");
    bad_value("q: [n + 2]", "sum(q)", "q", "[1]", GRADUS_BAD_INPUT, "E452", "declared [n + 2]");
    bad_value("q: [2*n]", "sum(q)", "q", "[1,2,3]", GRADUS_BAD_INPUT, "E452", "declared [2*n]");
    bad_value("q: [n, n] symmetric", "sum(q)", "q", "[1,2;3,4]", GRADUS_BAD_FILE, "E453", "not symmetric");
    bad_value("q: [n, n] lower", "sum(q)", "q", "[1,2;3,4]", GRADUS_BAD_FILE, "E453", "row 1, column 2");
    bad_value("q: [n] positive", "sum(q)", "q", "[1,0]", GRADUS_BAD_FILE, "E453",
              "entry 2: 0 is not positive");
    bad_value("q: [n] pm1", "sum(q)", "q", "[1,0]", GRADUS_BAD_FILE, "E453", "-1 or 1");
    bad_value("q: [n]", "sum(q)", "q", "[1,,2]", GRADUS_BAD_INPUT, "E455", "',' between entries");
    bad_value("q: [n]", "sum(q)", "q", "[1,2] 3", GRADUS_BAD_INPUT, "E455", "behind the ]");
    bad_value("q: [n]", "sum(q)", "q", "", GRADUS_BAD_INPUT, "E455", "nothing is given");
    bad_value("q: [n]", "sum(q)", "q", "weights.npx", GRADUS_BAD_INPUT, "E455", "no file and no number");
    bad_value("q: [n]", "sum(q)", "q", "absent.npy", GRADUS_BAD_FILE, "E301", "absent.npy");
    bad_value("speed: [n]", "sum(speed)", "sped", "3", GRADUS_BAD_INPUT, "E101", "did you mean 'speed'?");
}

static void sizes_that_contradict_name_both(void **state) {
    (void)state;
    values v;
    open_values(&v, "A: [m, n]; x: [n]", "A*x");
    good(v.c, gradus_bind_text(v.c, "A", "[1,2;3,4]"));
    assert_int_equal(gradus_bind_text(v.c, "x", "[1,2,3]"), GRADUS_BAD_INPUT);
    expect_message(v.c, "E451", "'x' ([1,2,3]) has n = 3, but 'A' ([1,2;3,4]) has n = 2");
    gradus_messages_clear(v.c);
    good(v.c, gradus_bind_text(v.c, "x", "[1,2]")); /* the wrong one was forgotten */
    expect_array(&v, 1, (size_t[]){2}, (double[]){5, 11});
    close_values(&v);
}

static void sizes_are_solved_for(void **state) {
    (void)state;
    values v;
    open_values(&v, "x: [n]; y: [2*n + 1]; z: [n*m]; M: [m, k]", "sum(x)/n + sum(y) + sum(z)/m + k*sum(M)");
    /* n = 2 from y, m = 3 from z, then x must have 2 entries. */
    good(v.c, gradus_bind_text(v.c, "z", "ones(6)"));
    good(v.c, gradus_bind_text(v.c, "y", "ones(5)"));
    good(v.c, gradus_bind_text(v.c, "M", "ones(3,4)"));
    assert_int_equal(gradus_bind_text(v.c, "x", "ones(3)"), GRADUS_BAD_INPUT);
    expect_message(v.c, "E451", "'x' (ones(3)) has n = 3, but 'y' (ones(5)) has n = 2");
    gradus_messages_clear(v.c);
    good(v.c, gradus_bind_text(v.c, "x", "[3,5]"));
    expect_array(&v, 0, NULL, (double[]){4 + 5 + 2 + 48});
    close_values(&v);
}

static void a_size_is_given_as_a_number(void **state) {
    (void)state;
    values v;
    open_values(&v, "t: scalar", "t*eye(n)");
    good(v.c, gradus_bind_text(v.c, "t", "3"));
    assert_int_equal(gradus_evaluate(v.c, v.e, &v.a), GRADUS_BAD_INPUT);
    expect_message(v.c, "E403", "'n' has no value");
    gradus_messages_clear(v.c);
    assert_int_equal(gradus_bind_text(v.c, "n", "1.5"), GRADUS_BAD_INPUT);
    gradus_messages_clear(v.c);
    good(v.c, gradus_bind_text(v.c, "n", "2"));
    expect_array(&v, 2, (size_t[]){2, 2}, (double[]){3, 0, 0, 3});
    close_values(&v);
}

static void missing_values_are_all_named(void **state) {
    (void)state;
    values v;
    open_values(&v, "alpha: scalar; beta: scalar; unused: [n]", "alpha*beta");
    assert_int_equal(gradus_evaluate(v.c, v.e, &v.a), GRADUS_BAD_INPUT);
    expect_message(v.c, "E450", "'alpha' has no value");
    expect_message(v.c, "E450", "'beta' has no value");
    gradus_messages_clear(v.c);
    good(v.c, gradus_bind_text(v.c, "unused", "[1,2]"));
    close_values(&v);
}

static void what_is_not_finite_is_told_and_given(void **state) {
    (void)state;
    values v;
    open_values(&v, "q: [n]", "log(q)");
    good(v.c, gradus_bind_text(v.c, "q", "[1,-1]"));
    assert_int_equal(gradus_evaluate(v.c, v.e, &v.a), GRADUS_NUMERICAL);
    expect_message(v.c, "E454", "not a number at entry 2 of 2");
    assert_int_equal(v.a.count, 2);
    assert_true(v.a.values[0] == 0 && isnan(v.a.values[1]));
    close_values(&v);
    open_values(&v, "Q: [n, n]", "inv(Q)");
    good(v.c, gradus_bind_text(v.c, "Q", "[1,2;2,4]"));
    assert_int_equal(gradus_evaluate(v.c, v.e, &v.a), GRADUS_NUMERICAL);
    expect_message(v.c, "E401", "singular");
    close_values(&v);
}

static void random_values_follow_the_seed(void **state) {
    (void)state;
    double sums[3];
    for (int i = 0; i < 3; i++) {
        values v;
        open_values(&v, "x: [n]; y: [n]", "x'*y");
        gradus_seed(v.c, i == 2 ? 8 : 7);
        /* The order of the names does not matter. */
        good(v.c, gradus_bind_text(v.c, i ? "x" : "y", "randn(5)"));
        good(v.c, gradus_bind_text(v.c, i ? "y" : "x", "randn(5)"));
        good(v.c, gradus_evaluate(v.c, v.e, &v.a));
        sums[i] = v.a.values[0];
        close_values(&v);
    }
    assert_true(sums[0] == sums[1] && sums[0] != sums[2]);
}

static void arrays_go_through_files(void **state) {
    (void)state;
    values v;
    gradus_array back;
    char csv[512], npy[512];
    const double q[6] = {1, -0.1, 1e300, 1.0 / 3, 5e-324, 6};
    open_values(&v, "Q: [m, n]", "Q'");
    good(v.c, gradus_bind(v.c, "Q", 2, (size_t[]){2, 3}, q));
    good(v.c, gradus_evaluate(v.c, v.e, &v.a));
    const char *const paths[] = {temporary(csv, ".csv"), temporary(npy, ".npy")};
    for (int i = 0; i < 2; i++) {
        good(v.c, gradus_array_write(v.c, paths[i], &v.a));
        good(v.c, gradus_array_read(v.c, paths[i], &back));
        assert_int_equal(back.rank, 2);
        assert_int_equal(back.shape[0], 3);
        assert_memory_equal(back.values, v.a.values, sizeof q);
        gradus_array_free(v.c, &back);
        remove(paths[i]);
    }
    assert_int_equal(gradus_array_write(v.c, "array.txt", &v.a), GRADUS_BAD_INPUT);
    expect_message(v.c, "E456", "let it end in .npy or .csv");
    close_values(&v);
}

static void columns_of_a_file(void **state) {
    (void)state;
    values v;
    open_values(&v, "X: [n, 4]; s: [n] integer in 0..2", "sum(s)/n + n");
    good(v.c, gradus_bind_text(v.c, "X", GRADUS_SOURCE_DIR "/examples/data/iris.csv:1-4"));
    good(v.c, gradus_bind_text(v.c, "s", GRADUS_SOURCE_DIR "/examples/data/iris.csv:species"));
    expect_array(&v, 0, NULL, (double[]){151});
    close_values(&v);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(products_of_bound_arrays),
        cmocka_unit_test(shapes_that_lose_nothing_are_taken),
        cmocka_unit_test(a_vector_fits_a_column_matrix),
        cmocka_unit_test(values_that_do_not_fit_are_told),
        cmocka_unit_test(sizes_that_contradict_name_both),
        cmocka_unit_test(sizes_are_solved_for),
        cmocka_unit_test(a_size_is_given_as_a_number),
        cmocka_unit_test(missing_values_are_all_named),
        cmocka_unit_test(what_is_not_finite_is_told_and_given),
        cmocka_unit_test(random_values_follow_the_seed),
        cmocka_unit_test(arrays_go_through_files),
        cmocka_unit_test(columns_of_a_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
