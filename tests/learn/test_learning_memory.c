/* Every allocation of reading, training, saving, loading and predicting fails in turn: an error, and nothing
 * leaks. */
/* SPDX-License-Identifier: MIT */
#include "base/failing_memory.h"
#include "learn/learning.h"

static const char model[] = "dim n, d = 2, h = 2\ndata X: [n, d] = randn(n, d), y: [n]\n"
                            "param W: [d, h] ~ he, v: [h] ~ normal(0, 1)\nlet z = tanh(standardize(X)*W)*v\n"
                            "minimize sum((z - y).^2)/n\nreport e = sum((z - y).^2)\n"
                            "train { optimizer = adam(lr = 0.1), epochs = 2, batch = 2, held_out = 0.4 }";

typedef struct account {
    countdown countdown;
    size_t blocks;
} account;

static void *resize_counted(void *user, void *block, size_t old_size, size_t new_size) {
    account *a = user;
    void *p = countdown_resize(&a->countdown, block, old_size, new_size);
    a->blocks += !block && p;
    a->blocks -= block && new_size == 0;
    return p;
}

static gradus_status whole_way(gradus_context *c, const char *path) {
    gradus_program *p, *q;
    gradus_training t;
    gradus_array a = {0};
    gradus_status status = gradus_program_parse(c, "test.gradus", model, &p);
    if (status == GRADUS_OK)
        status = gradus_program_data(p, "y", "[1,2,3,4,5]");
    if (status == GRADUS_OK)
        status = gradus_program_set(p, "lr", "0.05");
    if (status == GRADUS_OK)
        status = gradus_program_train(p, NULL, &t);
    if (status == GRADUS_OK)
        status = gradus_program_save(p, path);
    if (status == GRADUS_OK)
        status = gradus_program_parse(c, "again.gradus", model, &q);
    if (status == GRADUS_OK)
        status = gradus_program_load(q, path);
    if (status == GRADUS_OK)
        status = gradus_program_data(q, "X", "[1,2;3,4]");
    if (status == GRADUS_OK)
        status = gradus_program_predict(q, "z", &a, NULL);
    gradus_array_free(c, &a);
    return status;
}

/* All of the first failures, later ones in growing strides. `once`: later allocations succeed again. */
static void fail_in_turn(bool once) {
    char path[512];
    size_t tried = 0;
    temporary(path, ".npz");
    for (size_t n = 0; n < 1000000; n += 1 + n / 100) {
        account a = {.countdown = {.left = n, .once = once}};
        gradus_context *c = gradus_context_new(&(gradus_allocator){resize_counted, &a});
        gradus_status status = c ? whole_way(c, path) : GRADUS_OUT_OF_MEMORY;
        if (a.countdown.fired && status != GRADUS_OUT_OF_MEMORY)
            fail_msg("allocation %zu failed, but the status is %d: %s", n, (int)status,
                     gradus_messages(c, 0));
        gradus_context_free(c);
        if (a.blocks)
            fail_msg("allocation %zu failed: %zu blocks leak", n, a.blocks);
        tried++;
        if (!a.countdown.fired) {
            assert_int_equal(status, GRADUS_OK);
            break;
        }
    }
    remove(path);
    print_message("%zu failures of an allocation\n", tried);
    assert_true(tried > 100);
}

static void every_later_allocation_fails_too(void **state) {
    (void)state;
    fail_in_turn(false);
}

static void one_allocation_fails(void **state) {
    (void)state;
    fail_in_turn(true);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_later_allocation_fails_too),
                                       cmocka_unit_test(one_allocation_fails)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
