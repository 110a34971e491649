/* Functions of matrices modulo a prime: identities that must show, at symmetric and at general matrices, and
 * false ones that must not. */
/* SPDX-License-Identifier: MIT */
#include "value/fixture.h"

#include "lang/lang.h"
#include "value/residue.h"

typedef struct pair {
    const char *left, *right;
} pair;

/* Texts over A [m, n], X Y Z [n, n], S symmetric, D diagonal [n, n], c. */
static ref read(fixture *f, const char *words) {
    static const struct {
        const char *name;
        uint32_t facts;
        size_t rank;
        bool wide;
    } symbols[] = {{"A", 0, 2, true},
                   {"X", 0, 2, false},
                   {"Y", 0, 2, false},
                   {"Z", 0, 2, false},
                   {"S", FACT_SYMMETRIC, 2, false},
                   {"D", FACT_DIAGONAL, 2, false},
                   {"c", 0, 0, false}};
    enum { COUNT = sizeof symbols / sizeof *symbols };
    const char *names[COUNT];
    typed values[COUNT];
    dim m = dim_symbol(f->g, graph_name(f->g, "m")), n = dim_symbol(f->g, graph_name(f->g, "n"));
    for (size_t i = 0; i < COUNT; i++) {
        dim axes[2] = {symbols[i].wide ? m : n, n};
        names[i] = symbols[i].name;
        ref x = graph_symbol(f->g, graph_name(f->g, names[i]), symbols[i].facts, symbols[i].rank, axes);
        values[i] = (typed){x, symbols[i].rank ? SHAPE_TENSOR : SHAPE_SCALAR};
    }
    ref r = lang_elaborate(f->g, words, COUNT, names, values).node;
    if (!r)
        fail_msg("'%s' is refused", words);
    return r;
}

static void expect(const pair *list, size_t count, bool equal) {
    for (size_t i = 0; i < count; i++)
        for (uint64_t seed = 0; seed < 3; seed++) {
            fixture f;
            fixture_open(&f);
            ref left = read(&f, list[i].left), right = read(&f, list[i].right);
            residues *r = residues_new(f.g, seed, 3);
            assert_non_null(r);
            size_t entries;
            if (!residue_values(r, 0, left, &entries) || !residue_values(r, 0, right, &entries))
                fail_msg("%s or %s has no residues", list[i].left, list[i].right);
            if (residue_equal(r, left, right) != equal)
                fail_msg("%s and %s should be %s", list[i].left, list[i].right,
                         equal ? "equal" : "different");
            residues_free(r);
            fixture_close(&f);
        }
}

static void identities_show(void **state) {
    static const pair list[] = {
        {"expm(X')", "expm(X)'"},
        {"expm(S)", "expm(S)'"},
        {"expm(-X)", "inv(expm(X))"},
        {"expm(X)*X", "X*expm(X)"},
        {"expm(X)*expm(2*X)", "expm(2*X)*expm(X)"},
        {"expm(inv(Y)*X*Y)", "inv(Y)*expm(X)*Y"},
        {"logm(inv(X))", "-logm(X)"},
        {"logm(X')", "logm(X)'"},
        {"sinm(X)*sinm(X) + cosm(X)*cosm(X)", "X*inv(X)"},
        {"sinm(-X)", "-sinm(X)"},
        {"cosm(-X)", "cosm(X)"},
        {"sqrtm(inv(X))", "inv(sqrtm(X))"},
        {"sqrtm(S)", "sqrtm(S)'"},
        {"expm_frechet(X, Y + c*Z)", "expm_frechet(X, Y) + c*expm_frechet(X, Z)"},
        {"expm_frechet(X', Y')", "expm_frechet(X, Y)'"},
        {"expm_frechet(X, X)", "X*expm(X)"},
        {"expm_frechet(X, X*X)", "X*X*expm(X)"},
        {"logm_frechet(X, X)", "X*inv(X)"},
        {"sinm_frechet(X, X)", "X*cosm(X)"},
        {"cosm_frechet(X, X)", "-X*sinm(X)"},
        {"expm_frechet2(X, Y, Z)", "expm_frechet2(X, Z, Y)"},
        {"expm_frechet2(X', Y', Z')", "expm_frechet2(X, Y, Z)'"},
        {"expm_frechet2(X, Y, c*Z)", "c*expm_frechet2(X, Y, Z)"},
        {"X*sylvester(X, Y, Z) + sylvester(X, Y, Z)*Y", "Z"},
        {"sylvester(X, X, X*X)", "0.5*X"},
        {"sylvester(X, Y, X*Z + Z*Y)", "Z"},
        {"pinv(A)*A*pinv(A)", "pinv(A)"},
        {"A*pinv(A)*A", "A"},
        {"pinv(A')", "pinv(A)'"},
        {"pinv(X)", "inv(X)"},
        {"pinv(A'*A)", "pinv(A)*pinv(A)'"},
        {"chol(X)", "chol(X')"},
        {"toepsum(X + Y')", "toepsum(X) + toepsum(Y)'"},
        {"toepsum(D)", "tr(D)*(X*inv(X))"},
    };
    (void)state;
    expect(list, sizeof list / sizeof *list, true);
}

static void false_identities_do_not(void **state) {
    static const pair list[] = {
        {"expm(X + Y)", "expm(X)*expm(Y)"},
        {"expm(2*X)", "expm(X)*X"},
        {"expm(X)", "expm(X)'"},
        {"expm(X)", "X*inv(X) + X"},
        {"sinm(2*X)", "2*sinm(X)"},
        {"logm(X*Y)", "logm(X) + logm(Y)"},
        {"sqrtm(X*Y)", "sqrtm(X)*sqrtm(Y)"},
        {"expm_frechet(X, Y)", "Y*expm(X)"},
        {"expm_frechet(X, Y)", "0.5*(Y*expm(X) + expm(X)*Y)"},
        {"expm_frechet(X, Y)", "expm_frechet(Y, X)"},
        {"expm_frechet2(X, Y, Z)", "expm_frechet2(Y, X, Z)"},
        {"sylvester(X, Y, Z)", "sylvester(Y, X, Z)"},
        {"pinv(A)*A", "X*inv(X)"},
        {"chol(X)", "chol(X)'"},
        {"toepsum(X)", "toepsum(X)'"},
    };
    (void)state;
    expect(list, sizeof list / sizeof *list, false);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(identities_show),
        cmocka_unit_test(false_identities_do_not),
    };
    return cmocka_run_group_tests_name("value: residues of functions of matrices", tests, NULL, NULL);
}
