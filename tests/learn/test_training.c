/* Training against references made by hand: normal equations, the course's network in plain C, optimizers in
 * plain C. */
/* SPDX-License-Identifier: MIT */
#include "learn/learning.h"

#include "base/random.h"

/* ---- least squares: the minimum is the solution of X'*X*w = X'*y ---- */

enum { ROWS = 40, COLUMNS = 3 };

typedef struct regression {
    double x[ROWS * COLUMNS], y[ROWS], w[COLUMNS];
} regression;

/* Gauss elimination without pivots: X'*X is positive definite. */
static void solve(double a[COLUMNS][COLUMNS + 1], double *w) {
    for (int k = 0; k < COLUMNS; k++)
        for (int i = 0; i < COLUMNS; i++) {
            double factor = a[i][k] / a[k][k];
            for (int j = 0; i != k && j <= COLUMNS; j++)
                a[i][j] -= factor * a[k][j];
        }
    for (int k = 0; k < COLUMNS; k++)
        w[k] = a[k][COLUMNS] / a[k][k];
}

static void make_regression(regression *r) {
    random_stream s = {5, 77, 0};
    double a[COLUMNS][COLUMNS + 1] = {{0}};
    for (int i = 0; i < ROWS; i++) {
        double *x = r->x + i * COLUMNS;
        for (int j = 0; j < COLUMNS; j++)
            x[j] = random_normal(&s);
        r->y[i] = 2 * x[0] - x[1] + 0.5 * x[2] + 0.3 * random_normal(&s);
        for (int j = 0; j < COLUMNS; j++) {
            for (int k = 0; k < COLUMNS; k++)
                a[j][k] += x[j] * x[k];
            a[j][COLUMNS] += x[j] * r->y[i];
        }
    }
    solve(a, r->w);
}

static void open_regression(learning *l, const regression *r, const char *train) {
    char program_text[1024], *x = literal(ROWS, COLUMNS, r->x), *y = literal(ROWS, 1, r->y);
    snprintf(program_text, sizeof program_text,
             "dim n, d = 3\ndata X: [n, d], y: [n]\nparam w: [d] ~ normal(0, 1)\n"
             "let residual = X*w - y\nminimize sum(residual.^2)/n\n"
             "report rms = sqrt(sum(residual.^2)/n)\ntrain { %s }\n",
             train);
    learning_open(l, program_text);
    give(l, "X", x);
    give(l, "y", y);
    free(x);
    free(y);
}

static void reaches_the_normal_equations(const char *train, double tolerance) {
    regression r;
    learning l;
    make_regression(&r);
    open_regression(&l, &r, train);
    expect_ok(&l, learning_train(&l));
    const double *w = parameter(&l, "w", COLUMNS);
    for (int k = 0; k < COLUMNS; k++)
        if (!(fabs(w[k] - r.w[k]) <= tolerance))
            fail_msg("%s: w[%d] is %.12g, not %.12g", train, k, w[k], r.w[k]);
    assert_true(fabs(l.training.reports[0] - sqrt(l.training.objective)) < 1e-12);
    learning_close(&l);
}

static void optimizers_reach_the_normal_equations(void **state) {
    (void)state;
    reaches_the_normal_equations("optimizer = sgd(lr = 0.1), epochs = 500", 1e-8);
    reaches_the_normal_equations("optimizer = sgd(lr = 0.1, momentum = 0.5, nesterov = true), epochs = 300",
                                 1e-8);
    reaches_the_normal_equations("optimizer = momentum(lr = 0.05, beta = 0.8), epochs = 500", 1e-8);
    reaches_the_normal_equations("optimizer = adam(lr = 0.05), epochs = 2000", 1e-6);
    reaches_the_normal_equations("optimizer = sgd(lr = 0.001), epochs = 3000, batch = 7", 0.03);
}

/* ---- each optimizer against its definition, step by step ---- */

typedef struct reference {
    double w[COLUMNS], v[COLUMNS], m[COLUMNS];
    int t;
} reference;

static void gradient_of(const regression *r, const double *w, double *g) {
    memset(g, 0, COLUMNS * sizeof *g);
    for (int i = 0; i < ROWS; i++) {
        double residual = -r->y[i];
        for (int j = 0; j < COLUMNS; j++)
            residual += r->x[i * COLUMNS + j] * w[j];
        for (int j = 0; j < COLUMNS; j++)
            g[j] += 2 * residual * r->x[i * COLUMNS + j] / ROWS;
    }
}

static void by_sgd(reference *s, const double *g) {
    for (int j = 0; j < COLUMNS; j++)
        s->w[j] -= 0.1 * g[j];
}

static void by_momentum(reference *s, const double *g) {
    for (int j = 0; j < COLUMNS; j++) {
        s->v[j] = s->t == 1 ? g[j] : 0.8 * s->v[j] + g[j];
        s->w[j] -= 0.03 * s->v[j];
    }
}

static void by_nesterov(reference *s, const double *g) {
    for (int j = 0; j < COLUMNS; j++) {
        s->v[j] = s->t == 1 ? g[j] : 0.7 * s->v[j] + g[j];
        s->w[j] -= 0.03 * (g[j] + 0.7 * s->v[j]);
    }
}

static void by_adam(reference *s, const double *g) {
    for (int j = 0; j < COLUMNS; j++) {
        s->m[j] = 0.8 * s->m[j] + 0.2 * g[j];
        s->v[j] = 0.95 * s->v[j] + 0.05 * g[j] * g[j];
        double mean = s->m[j] / (1 - pow(0.8, s->t)), square = s->v[j] / (1 - pow(0.95, s->t));
        s->w[j] -= 0.02 * mean / (sqrt(square) + 1e-6);
    }
}

static void follows(const char *train, void (*step)(reference *, const double *)) {
    regression r;
    learning l;
    reference s = {.t = 0};
    random_stream first = {3, STREAM_INITIAL, 0};
    make_regression(&r);
    open_regression(&l, &r, train);
    set(&l, "epochs", "50");
    set(&l, "seed", "3");
    expect_ok(&l, learning_train(&l));
    for (int j = 0; j < COLUMNS; j++)
        s.w[j] = random_normal(&first);
    for (s.t = 1; s.t <= 50; s.t++) {
        double g[COLUMNS];
        gradient_of(&r, s.w, g);
        step(&s, g);
    }
    const double *w = parameter(&l, "w", COLUMNS);
    for (int j = 0; j < COLUMNS; j++)
        if (!(fabs(w[j] - s.w[j]) <= 1e-12 * (1 + fabs(s.w[j]))))
            fail_msg("%s: w[%d] is %.17g, not %.17g", train, j, w[j], s.w[j]);
    learning_close(&l);
}

static void optimizers_follow_their_definitions(void **state) {
    (void)state;
    follows("optimizer = sgd(lr = 0.1)", by_sgd);
    follows("optimizer = sgd(lr = 0.03, momentum = 0.8)", by_momentum);
    follows("optimizer = momentum(lr = 0.03, beta = 0.8)", by_momentum);
    follows("optimizer = sgd(lr = 0.03, momentum = 0.7, nesterov = true)", by_nesterov);
    follows("optimizer = adam(lr = 0.02, beta1 = 0.8, beta2 = 0.95, eps = 1e-6)", by_adam);
}

static void maximizing_is_minimizing_the_negative(void **state) {
    (void)state;
    learning a, b;
    learning_open(&a, "data t: [3] = 2\nparam w: [3] = 0\nmaximize -sum((w - t).^2)\n"
                      "train { optimizer = sgd(lr = 0.1), epochs = 5 }");
    learning_open(&b, "data t: [3] = 2\nparam w: [3] = 0\nminimize sum((w - t).^2)\n"
                      "train { optimizer = sgd(lr = 0.1), epochs = 5 }");
    expect_ok(&a, learning_train(&a));
    expect_ok(&b, learning_train(&b));
    assert_memory_equal(parameter(&a, "w", 3), parameter(&b, "w", 3), 3 * sizeof(double));
    assert_true(a.training.objective < 0 && fabs(a.training.objective + b.training.objective) < 1e-15);
    learning_close(&a);
    learning_close(&b);
}

/* ---- the course's network, forward and backward written by hand ---- */

enum { N = 100, D = 2, H = 10 };

typedef struct network {
    double x[N][D], y[N], w1[D][H], b1[H], w2[H], b2;
} network;

/* The same draws as the program: data from stream 0, parameters from their own streams. */
static void draw_network(network *t, uint64_t seed) {
    random_stream data = {seed, 0, 0}, first = {seed, STREAM_INITIAL, 0},
                  second = {seed, STREAM_INITIAL + 2, 0};
    memset(t, 0, sizeof *t);
    for (int i = 0; i < N; i++) {
        t->x[i][0] = random_normal(&data);
        t->x[i][1] = random_normal(&data);
        t->y[i] = t->x[i][0] * t->x[i][0] + t->x[i][1] * t->x[i][1] > 1;
    }
    for (int j = 0; j < D; j++)
        for (int k = 0; k < H; k++)
            t->w1[j][k] = sqrt(2.0 / D) * random_normal(&first);
    for (int k = 0; k < H; k++)
        t->w2[k] = sqrt(2.0 / H) * random_normal(&second);
}

/* The mean square before the step. */
static double step_network(network *t, double lr) {
    double loss = 0, w1[D][H] = {{0}}, b1[H] = {0}, w2[H] = {0}, b2 = 0;
    for (int i = 0; i < N; i++) {
        double a1[H], z2 = t->b2;
        for (int k = 0; k < H; k++) {
            double z1 = t->x[i][0] * t->w1[0][k] + t->x[i][1] * t->w1[1][k] + t->b1[k];
            a1[k] = z1 > 0 ? z1 : 0;
            z2 += a1[k] * t->w2[k];
        }
        double d = (z2 - t->y[i]) / N;
        loss += (z2 - t->y[i]) * (z2 - t->y[i]) / N;
        b2 += d;
        for (int k = 0; k < H; k++) {
            double d1 = a1[k] > 0 ? d * t->w2[k] : 0;
            w2[k] += d * a1[k];
            b1[k] += d1;
            w1[0][k] += t->x[i][0] * d1;
            w1[1][k] += t->x[i][1] * d1;
        }
    }
    for (int k = 0; k < H; k++) {
        t->w2[k] -= lr * w2[k];
        t->b1[k] -= lr * b1[k];
        t->w1[0][k] -= lr * w1[0][k];
        t->w1[1][k] -= lr * w1[1][k];
    }
    t->b2 -= lr * b2;
    return loss;
}

static void near(const char *what, const double *found, const double *expected, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!(fabs(found[i] - expected[i]) <= 1e-10))
            fail_msg("%s[%zu] is %.17g, not %.17g", what, i, found[i], expected[i]);
}

static void course_network_follows_plain_c(void **state) {
    (void)state;
    learning l;
    network t;
    learning_read(&l, GRADUS_SOURCE_DIR "/examples/course.gradus");
    set(&l, "log_every", "1");
    expect_ok(&l, learning_train(&l));
    assert_int_equal(l.records, 1000);
    draw_network(&t, 1);
    for (int i = 0; i < 1000; i++) {
        double loss = step_network(&t, 0.1);
        if (!(fabs(2 * l.at[i].objective - loss) <= 1e-10))
            fail_msg("step %d: the mean square is %.17g, not %.17g", i + 1, 2 * l.at[i].objective, loss);
    }
    near("W1", parameter(&l, "W1", D * H), &t.w1[0][0], D * H);
    near("b1", parameter(&l, "b1", H), t.b1, H);
    near("W2", parameter(&l, "W2", H), t.w2, H);
    near("b2", parameter(&l, "b2", 1), &t.b2, 1);
    near("mse", l.training.reports, (double[]){step_network(&t, 0.1)}, 1);
    learning_close(&l);
}

static int compare(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The ranges of the same program in NumPy, over 20 seeds of its own. */
static void course_losses_fall_as_in_the_course(void **state) {
    (void)state;
    double first[20], last[20];
    for (int i = 0; i < 20; i++) {
        learning l;
        char seed[8];
        snprintf(seed, sizeof seed, "%d", i + 1);
        learning_read(&l, GRADUS_SOURCE_DIR "/examples/course.gradus");
        set(&l, "seed", seed);
        expect_ok(&l, learning_train(&l));
        first[i] = 2 * l.at[0].objective;
        last[i] = l.training.reports[0];
        assert_true(first[i] > 0.4 && first[i] < 18);
        assert_true(last[i] > 0.055 && last[i] < 0.12);
        learning_close(&l);
    }
    qsort(first, 20, sizeof *first, compare);
    qsort(last, 20, sizeof *last, compare);
    double begin = 0.5 * (first[9] + first[10]), end = 0.5 * (last[9] + last[10]);
    assert_true(begin > 0.8 && begin < 3);
    assert_true(end > 0.08 && end < 0.095);
}

/* ---- seeds ---- */

static void same_seed_same_bits(void **state) {
    (void)state;
    double kept[2][D * H];
    for (int i = 0; i < 2; i++) {
        learning l;
        learning_read(&l, GRADUS_SOURCE_DIR "/examples/course.gradus");
        set(&l, "batch", "32");
        set(&l, "epochs", "20");
        set(&l, "held_out", "0.1");
        expect_ok(&l, learning_train(&l));
        memcpy(kept[i], parameter(&l, "W1", D * H), sizeof kept[i]);
        if (i == 0) { /* a second training of the same program begins anew */
            expect_ok(&l, learning_train(&l));
            assert_memory_equal(kept[0], parameter(&l, "W1", D * H), sizeof kept[0]);
            set(&l, "seed", "2");
            expect_ok(&l, learning_train(&l));
            assert_memory_not_equal(kept[0], parameter(&l, "W1", D * H), sizeof kept[0]);
        }
        learning_close(&l);
    }
    assert_memory_equal(kept[0], kept[1], sizeof kept[0]);
}

static void initialisers_have_their_spread(void **state) {
    (void)state;
    learning l;
    learning_open(&l, "dim d = 50, h = 80\nparam N: [d, h] ~ normal(1, 0.5), U: [d, h] ~ uniform(-1, 3)\n"
                      "param A: [d, h] ~ he, B: [d, h] ~ xavier, c: [h] = 2\n"
                      "minimize sum(N) + sum(U) + sum(A) + sum(B) + sum(c)\n"
                      "train { optimizer = sgd(lr = 1e-30), epochs = 1 }");
    expect_ok(&l, learning_train(&l));
    const struct {
        const char *name;
        double mean, deviation;
    } expected[] = {
        {"N", 1, 0.5}, {"U", 1, 4 / sqrt(12)}, {"A", 0, sqrt(2.0 / 50)}, {"B", 0, sqrt(2.0 / 130)}};
    for (int k = 0; k < 4; k++) {
        const double *w = parameter(&l, expected[k].name, 4000);
        double sum = 0, squares = 0;
        for (int i = 0; i < 4000; i++)
            sum += w[i];
        for (int i = 0; i < 4000; i++)
            squares += (w[i] - sum / 4000) * (w[i] - sum / 4000);
        /* Five standard errors of 4000 draws. */
        assert_true(fabs(sum / 4000 - expected[k].mean) < 5 * expected[k].deviation / sqrt(4000));
        assert_true(fabs(sqrt(squares / 4000) / expected[k].deviation - 1) < 5 / sqrt(8000));
    }
    for (int i = 0; i < 80; i++)
        assert_true(parameter(&l, "c", 80)[i] == 2);
    learning_close(&l);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(optimizers_reach_the_normal_equations),
        cmocka_unit_test(optimizers_follow_their_definitions),
        cmocka_unit_test(maximizing_is_minimizing_the_negative),
        cmocka_unit_test(course_network_follows_plain_c),
        cmocka_unit_test(course_losses_fall_as_in_the_course),
        cmocka_unit_test(same_seed_same_bits),
        cmocka_unit_test(initialisers_have_their_spread),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
