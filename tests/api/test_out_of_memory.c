/* Every public call with its n-th allocation failing: out of memory or success, no leak, the context usable
 * again. */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "gradus/gradus.h"
#include "support/counting.h"

typedef gradus_status work(gradus_context *c);

static gradus_status print_all(gradus_context *c, gradus_expr e) {
    gradus_printed p;
    gradus_status status = GRADUS_OK;
    for (int format = GRADUS_TEXT; format <= GRADUS_INDEX && status == GRADUS_OK; format++)
        for (int abbreviate = 0; abbreviate < 2 && status == GRADUS_OK; abbreviate++)
            status = gradus_print(c, e, (gradus_format)format, abbreviate, &p);
    return status;
}

static gradus_status derive_and_print(gradus_context *c, const char *where, const char *text,
                                      const char *name, size_t order) {
    gradus_expr f, x[2];
    gradus_derivative d;
    gradus_status status = where ? gradus_declare(c, where) : GRADUS_OK;
    if (status == GRADUS_OK)
        status = gradus_parse(c, text, &f);
    if (status == GRADUS_OK)
        status = gradus_variable(c, name, &x[0]);
    if (status == GRADUS_OK) {
        x[1] = x[0];
        status = gradus_derive(c, f, order, x, NULL, &d);
    }
    return status == GRADUS_OK ? print_all(c, d.expr) : status;
}

static gradus_status least_squares(gradus_context *c) {
    return derive_and_print(c, NULL, "norm2(A*x - y)^2", "x", 1);
}

static gradus_status logistic_hessian(gradus_context *c) {
    return derive_and_print(c, "y: [m] pm1", "sum(log(1 + exp(-y.*(X*w))))", "w", 2);
}

static gradus_status structured(gradus_context *c) {
    return derive_and_print(c, "S: [n, n] posdef; x: [n]", "x'*inv(S)*x + logdet(S)", "S", 1);
}

static gradus_status network(gradus_context *c) {
    return derive_and_print(c, "X: [n, d]; V: [d, h]; W: [h, k]; labels: [n] integer in 0..9",
                            "crossentropy(relu(X*V)*W, labels)", "V", 1);
}

static gradus_status tensors(gradus_context *c) {
    return derive_and_print(c, NULL, "X*X'", "X", 1);
}

static gradus_status gradients(gradus_context *c) {
    gradus_expr f, wrt[2], built;
    gradus_derivative d[2];
    size_t found;
    const char *const *names;
    const gradus_expr *parts;
    gradus_status status = gradus_parse(c, "norm2(A*x - y)^2", &f);
    for (size_t i = 0; i < 2 && status == GRADUS_OK; i++)
        status = gradus_variable(c, i ? "A" : "x", &wrt[i]);
    if (status == GRADUS_OK)
        status = gradus_gradients(c, f, 2, wrt, NULL, d);
    if (status == GRADUS_OK)
        status = gradus_build(c, "g'*g + s", 2, (const char *const[]){"g", "s"},
                              (gradus_expr[]){d[0].expr, f}, &built);
    if (status == GRADUS_OK)
        status = gradus_intermediates(c, 1, &built, &found, &names, &parts);
    return status == GRADUS_OK ? print_all(c, built) : status;
}

static gradus_status values(gradus_context *c) {
    gradus_expr f;
    gradus_array value = {0};
    gradus_status status = gradus_parse(c, "A*x + softmax(x)", &f);
    if (status == GRADUS_OK)
        status = gradus_bind_text(c, "A", "[1,2;3,4]");
    if (status == GRADUS_OK)
        status = gradus_bind(c, "x", 1, (size_t[]){2}, (double[]){1, -1});
    if (status == GRADUS_OK)
        status = gradus_evaluate(c, f, &value);
    gradus_array_free(c, &value);
    return status;
}

static gradus_status code(gradus_context *c) {
    gradus_expr f, x;
    gradus_derivative d;
    const char *text;
    gradus_status status = gradus_parse(c, "logsumexp(A*x)", &f);
    if (status == GRADUS_OK)
        status = gradus_variable(c, "x", &x);
    if (status == GRADUS_OK)
        status = gradus_derive(c, f, 1, &x, &(gradus_derive_options){.unchecked = 1}, &d);
    gradus_function functions[] = {{"f", f, NULL}, {"f_x", status == GRADUS_OK ? d.expr : f, "the gradient"}};
    return status == GRADUS_OK ? gradus_emit(c, GRADUS_NUMPY, 2, functions, &text) : status;
}

static gradus_status wrong_input(gradus_context *c) {
    gradus_expr f;
    gradus_status status = gradus_parse(c, "norm2(A*x - x*y)^2 + undefined_name", &f);
    if (status == GRADUS_BAD_INPUT && gradus_messages(c, 1)[0])
        return GRADUS_OK; /* as it should be */
    return status;
}

static gradus_status program(gradus_context *c) {
    static const char text[] =
        "dim n = 4, d = 2\ndata X: [n, d] = randn(n, d)\ndata y: [n, 1] = randn(n, 1)\n"
        "param W: [d, 1] ~ normal(0, 1)\nlet z = X*W\nminimize 0.5*sum((z - y).^2)/n\n"
        "report mse = sum((z - y).^2)/n\n"
        "train { optimizer = adam(lr = 0.1), batch = 2, epochs = 2, seed = 1 }\n";
    gradus_program *p;
    gradus_training t;
    gradus_status status = gradus_program_parse(c, "<program>", text, &p);
    return status == GRADUS_OK ? gradus_program_train(p, NULL, &t) : status;
}

static const struct {
    const char *name;
    work *run;
} works[] = {
    {"least squares", least_squares},
    {"logistic Hessian", logistic_hessian},
    {"structured", structured},
    {"network", network},
    {"tensors", tensors},
    {"gradients", gradients},
    {"values", values},
    {"code", code},
    {"wrong input", wrong_input},
    {"program", program},
};

/* What is told is the lack of memory, with its code, and no error that only came of it. */
static void expect_memory_alone(gradus_context *c, const char *what, size_t n) {
    gradus_message m;
    const char *all = gradus_messages(c, 0);
    if (!strstr(all, "error[E") || !strstr(all, "out of memory"))
        fail_msg("%s, allocation %zu: %s", what, n, all);
    for (size_t i = 0; gradus_message_get(c, i, &m); i++)
        if (strcmp(m.severity, "error") == 0 && !strstr(m.text, "out of memory"))
            fail_msg("%s, allocation %zu: %s %s", what, n, m.code, m.text);
}

/* True when nothing failed. */
static bool try_work(size_t w, size_t n, bool once) {
    counting count = {.left = n, .once = once};
    gradus_allocator allocator = counting_allocator(&count);
    gradus_context *c = gradus_context_new(&allocator);
    bool done = false;
    if (c) {
        gradus_status status = works[w].run(c);
        done = !count.fired;
        if (done && status != GRADUS_OK)
            fail_msg("%s: %s\n%s", works[w].name, gradus_status_text(status), gradus_messages(c, 0));
        if (!done && status != GRADUS_OK && status != GRADUS_OUT_OF_MEMORY)
            fail_msg("%s, allocation %zu: %s", works[w].name, n, gradus_status_text(status));
        if (status == GRADUS_OUT_OF_MEMORY && works[w].run != wrong_input)
            expect_memory_alone(c, works[w].name, n);
        /* Forgiven, the context works again. */
        count.left = SIZE_MAX;
        count.fired = true;
        count.once = true;
        gradus_messages_clear(c);
        gradus_expr e;
        if (gradus_parse(c, "x'*x", &e) != GRADUS_OK)
            fail_msg("%s, allocation %zu: the context is broken: %s", works[w].name, n,
                     gradus_messages(c, 0));
    }
    gradus_context_free(c);
    if (count.blocks || count.wrong)
        fail_msg("%s, allocation %zu: %zu blocks leaked, %zu sizes wrong", works[w].name, n, count.blocks,
                 count.wrong);
    return done;
}

/* Every one of the first allocations, then ever wider steps: the late ones are alike. */
static size_t after(size_t n) {
    return n < 300 ? n + 1 : n + n / 60;
}

static void every_allocation_may_fail(void **state) {
    (void)state;
    for (size_t w = 0; w < sizeof works / sizeof *works; w++)
        for (int once = 0; once < 2; once++) {
            size_t n = 0;
            while (!try_work(w, n, once))
                n = after(n);
            assert_true(n > 20);
        }
}

/* The same with a limit on bytes: a limit is no crash either. */
static void every_limit_of_bytes_is_survived(void **state) {
    (void)state;
    for (size_t w = 0; w < sizeof works / sizeof *works; w++)
        for (size_t bytes = 1000; bytes < 400000; bytes = bytes * 5 / 4) {
            gradus_context *c = gradus_context_new(NULL);
            assert_non_null(c);
            gradus_context_limit(c, 0, bytes);
            gradus_status status = works[w].run(c);
            if (status != GRADUS_OK && status != GRADUS_OUT_OF_MEMORY && status != GRADUS_LIMIT)
                fail_msg("%s, %zu bytes: %s", works[w].name, bytes, gradus_status_text(status));
            gradus_context_free(c);
        }
}

static void every_limit_of_nodes_is_survived(void **state) {
    (void)state;
    for (size_t w = 0; w < sizeof works / sizeof *works; w++)
        for (size_t nodes = 1; nodes < 3000; nodes = nodes * 3 / 2 + 1) {
            gradus_context *c = gradus_context_new(NULL);
            assert_non_null(c);
            gradus_context_limit(c, nodes, 0);
            gradus_status status = works[w].run(c);
            if (status != GRADUS_OK && status != GRADUS_LIMIT)
                fail_msg("%s, %zu nodes: %s\n%s", works[w].name, nodes, gradus_status_text(status),
                         gradus_messages(c, 0));
            if (status == GRADUS_LIMIT)
                assert_non_null(strstr(gradus_messages(c, 0), "limit"));
            gradus_context_free(c);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(every_limit_of_bytes_is_survived),
        cmocka_unit_test(every_limit_of_nodes_is_survived),
    };
    return cmocka_run_group_tests_name("api: out of memory", tests, NULL, NULL);
}
