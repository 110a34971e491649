/* What expressions mean, in numbers worked out by hand (or by the definition, in C) at small data. */
/* SPDX-License-Identifier: MIT */
#include "lang/fixture.h"

#include <math.h>

#include "value/value.h"

/* A = [1 2 3; 4 5 6], B = [1 0; 2 1; 0 3], S = [2 1; 1 3], x = [1 -2 3], y = [2 5], z = [0.5 1 -1], a = 3, b
 * = -2 */
static const char where[] =
    "A: [2,3]; B: [3,2]; S: [2,2]; x: [3]; y: [2]; z: [3]; a: scalar; b: scalar; "
    "c: [3] integer in 0..2; h: [2] integer in 0..2; p: [3] pm1; Y: [2,1]; T: [2,2,3]; N: [3,2]; "
    "g1: [3] integer in 1..3; k1: [2] integer; k2: [2] integer in 1..2; i2: int2";
static const double A[] = {1, 2, 3, 4, 5, 6}, B[] = {1, 0, 2, 1, 0, 3}, S[] = {2, 1, 1, 3}, x[] = {1, -2, 3},
                    y[] = {2, 5}, z[] = {0.5, 1, -1}, a[] = {3}, b[] = {-2}, c[] = {2, 0, 1}, h[] = {2, 0},
                    p[] = {1, -1, 1}, Y[] = {2, 5}, T[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12},
                    N[] = {1, 7, 3, 7, 5, 7}, g1[] = {3, 1, 2}, k1[] = {3, 1}, k2[] = {2, 1}, i2[] = {2};

typedef struct value_case {
    const char *expression;
    size_t count;
    double expected[12];
} value_case;

#define LSE2(u, v)    log(exp(u) + exp(v))
#define LSE3(u, v, w) log(exp(u) + exp(v) + exp(w))

static const value_case cases[] = {
    {"A*x", 2, {6, 12}},
    {"x'*B", 2, {-3, 7}},
    {"A*B", 4, {5, 11, 14, 23}},
    {"x*y'", 6, {2, 5, -4, -10, 6, 15}},
    {"x'*z", 1, {-4.5}},
    {"2*a - b/4", 1, {6.5}},
    {"x/2 + 1", 3, {1.5, 0, 2.5}},
    {"-a^2", 1, {-9}},
    {"2^-2", 1, {0.25}},
    {"a^0.5", 1, {1.7320508075688772}},
    {"a^b", 1, {1.0 / 9}},
    {"x.^2 .* z", 3, {0.5, 4, -9}},
    {"1./x", 3, {1, -0.5, 1.0 / 3}},
    {"2.^y", 2, {4, 32}},
    {"a - 1 - 1 + b*b", 1, {5}},
    {"6/3/2", 1, {1}},
    {"S^2", 4, {5, 5, 5, 10}},
    {"S^0", 4, {1, 0, 0, 1}},
    {"S^-1*y", 2, {0.2, 1.6}},
    {"S\\y", 2, {0.2, 1.6}},
    {"solve(S, Y)", 2, {0.2, 1.6}},
    {"A .+ z'", 6, {1.5, 3, 2, 4.5, 6, 5}},
    {"A .* y", 6, {2, 4, 6, 20, 25, 30}},
    {"A .* Y", 6, {2, 4, 6, 20, 25, 30}},
    {"x .- y'", 6, {-1, -4, -4, -7, 1, -2}},
    {"y ./ Y", 2, {1, 1}},
    {"x > 0", 3, {1, 0, 1}},
    {"x == x", 3, {1, 1, 1}},
    {"where(x > 0, x, z)", 3, {1, 1, 3}},
    {"max(x, z)", 3, {1, 1, 3}},
    {"min(x, 0)", 3, {0, -2, 0}},
    {"abs(x) + sign(x)", 3, {2, 1, 4}},
    {"sqrt(x.^2)", 3, {1, 2, 3}},
    {"pi + arctan(0)", 1, {3.14159265358979323846}},
    {"relu(x)", 3, {1, 0, 3}},
    /* reductions */
    {"sum(A)", 1, {21}},
    {"sum(A, rows)", 3, {5, 7, 9}},
    {"sum(A, cols)", 2, {6, 15}},
    {"sum(T, axis=2)", 6, {5, 7, 9, 17, 19, 21}},
    {"mean(A)", 1, {3.5}},
    {"mean(A, rows)", 3, {2.5, 3.5, 4.5}},
    {"mean(x)", 1, {2.0 / 3}},
    {"prod(x)", 1, {-6}},
    {"prod(A, rows)", 3, {4, 10, 18}},
    {"max(A)", 1, {6}},
    {"max(A, rows)", 3, {4, 5, 6}},
    {"max(A, cols)", 2, {3, 6}},
    {"min(x)", 1, {-2}},
    {"norm1(x)", 1, {6}},
    {"norm2(x)^2", 1, {14}},
    {"norm2(A)^2", 1, {91}},
    {"norm2(A, cols).^2", 2, {14, 77}},
    {"rownorm2(A).^2", 2, {14, 77}},
    {"norminf(x)", 1, {3}},
    {"colsum(A)", 3, {5, 7, 9}},
    {"logsumexp(y)", 1, {5.0485873515737420588}},
    {"argmax(x)", 1, {2}},
    {"argmax(A, cols)", 2, {2, 2}},
    {"tr(S)", 1, {5}},
    {"det(S)", 1, {5}},
    {"adj(S)", 4, {3, -1, -1, 2}},
    {"inv(S)*5", 4, {3, -1, -1, 2}},
    {"exp(logdet(S))", 1, {5}},
    /* structure */
    {"diag(S)", 2, {2, 3}},
    {"diag(y)", 4, {2, 0, 0, 5}},
    {"diag(y') - eye(2)", 4, {1, 0, 0, 4}},
    {"vec(A)", 6, {1, 4, 2, 5, 3, 6}},
    {"kron(y, S)", 8, {4, 2, 2, 6, 10, 5, 5, 15}},
    {"kron(y', x)", 6, {2, 5, -4, -10, 6, 15}},
    {"comm(2, 3)*vec(A) - vec(A')", 6, {0, 0, 0, 0, 0, 0}},
    {"vcat(y, 7, z)", 6, {2, 5, 7, 0.5, 1, -1}},
    {"vcat(S, y')", 6, {2, 1, 1, 3, 2, 5}},
    {"hcat(S, y)", 6, {2, 1, 2, 1, 3, 5}},
    {"hcat(1, x', 9)", 5, {1, 1, -2, 3, 9}},
    {"hcat(Y, y, 2*S)", 8, {2, 2, 4, 2, 5, 5, 2, 6}},
    {"x[2]", 1, {-2}},
    {"A[2,3] + A(1,2)", 1, {8}},
    {"A[2,:]", 3, {4, 5, 6}},
    {"A[:,2]", 2, {2, 5}},
    {"A[:,2:3]", 4, {2, 3, 5, 6}},
    {"x'[2:3]", 2, {-2, 3}},
    {"T[2,1,:]", 3, {7, 8, 9}},
    {"T[:,2,2:3]", 4, {5, 6, 11, 12}},
    {"unit(2,3)", 3, {0, 1, 0}},
    {"sing(1,3,2,3)", 6, {0, 0, 1, 0, 0, 0}},
    {"tril(S) + 10*triu(S)", 4, {22, 10, 1, 33}},
    {"tril(A)", 6, {1, 0, 0, 4, 5, 0}},
    {"ones(2,3) - matrix(1) + zeros(2,3)", 6, {0, 0, 0, 0, 0, 0}},
    {"x + vector(2)", 3, {3, 0, 5}},
    /* learning */
    {"softmax(y)", 2, {0.047425873177566781, 0.95257412682243322}},
    {"sum(softmax(A, cols), cols)", 2, {1, 1}},
    {"sum(softmax(A, rows), rows)", 3, {1, 1, 1}},
    {"logsoftmax(y) - log(softmax(y))", 2, {0, 0}},
    {"onehot(c, 3)", 9, {0, 0, 1, 1, 0, 0, 0, 1, 0}},
    {"onehotmax(x)", 3, {0, 0, 1}},
    {"mse(x, z)", 1, {(0.25 + 9 + 16) / 3}},
    {"mse(A, 1)", 1, {55.0 / 2}},
    {"hinge(x, p)", 1, {0}},
    {"hinge(z, p)", 1, {(0.5 + 2 + 2) / 3}},
    {"accuracy(A, h)", 1, {0.5}},
    {"accuracy(x, p)", 1, {1}},
    {"accuracy(Y, Y - 4)", 1, {0.5}},
    {"accuracy(A, onehot(h, 3))", 1, {0.5}},
    {"standardize(x)*sqrt(38/9)", 3, {1 - 2.0 / 3, -2 - 2.0 / 3, 3 - 2.0 / 3}},
    {"standardize(N)[:,1]*sqrt(8/3)", 3, {-2, 0, 2}},
    {"standardize(N)[:,2]", 3, {0, 0, 0}},
    /* index notation */
    {"C[i,k] = A[i,j]*B[j,k]", 4, {5, 11, 14, 23}},
    {"C[k,i] = A[i,j]*B[j,k]", 4, {5, 14, 11, 23}},
    {"v[j] = A[i,j]*y[i] - z[j]", 3, {21.5, 28, 37}},
    {"x[i]*z[i]", 1, {-4.5}},
    {"S[i,i]", 1, {5}},
    {"q[i] = max[j](A[i,j]) + y[i]^2", 2, {7, 31}},
    {"q[i] = mean[j](A[i,j])", 2, {2, 5}},
    {"sum[i,j](A[i,j]/y[i])", 1, {6}},
    {"q[i] = exp(A[i,j]*x[j]) - exp(A*x)[i]", 2, {0, 0}},
    {"W[j,i] = T[i,j,2]", 4, {2, 8, 5, 11}},
    {"x[j]^2 + a", 1, {17}},
    {"prod[i](x[i])", 1, {-6}},
    /* matrices that hold indices */
    {"v[j] = norm2(A[:,j])^2", 3, {17, 29, 45}},
    {"v[k] = 3*(y'*unit(k,2))", 2, {6, 15}},
    {"D[i,k] = (S*unit(k,2))[i]", 4, {2, 1, 1, 3}},
    {"D[k,l] = (A*sing(l,k,3,2))[2,k]", 6, {4, 5, 6, 4, 5, 6}},
    {"v[i] = det(A[i,1]*S)", 2, {5, 80}},
    {"v[i] = (A[i,:]*B)[2] + argmax(A[i,:])", 2, {13, 25}},
    {"v[j] = A[k,j]*(S*unit(k,2))[1]", 3, {6, 9, 12}},
    {"v[j] = sum[k](A[k,j]*(S*unit(k,2))[1])", 3, {6, 9, 12}},
    {"v[i] = max[k]((A*unit(k,3))[i])", 2, {3, 6}},
    {"D[i,j] = (S*unit(k,2)*unit(k,2)')[i,j] + 0*y[k]", 4, {2, 1, 1, 3}},
    {"v[i] = sum((sum[j](A[i,j]*x[j]))*S)", 2, {42, 84}},
    {"v[i] = tr((y[i]*S)^2)", 2, {60, 375}},
    {"v[i] = sum(B[k1[i],:])", 2, {3, 1}},
    {"v[k] = T[2,:,k]'*y", 3, {64, 71, 78}},
    /* one axis of several indices, the first one fastest */
    {"w[(i,j)] = A[i,j]", 6, {1, 4, 2, 5, 3, 6}},
    {"K[(i,j),k] = y[j]*S[i,k]", 8, {4, 2, 2, 6, 10, 5, 5, 15}},
    {"M[i,j] = vec(A)[(i,j)]*ones(2)[i]*ones(3)[j]", 6, {1, 2, 3, 4, 5, 6}},
    {"vec(A)[(i,j)]*A[i,j]", 1, {91}},
    {"M[i,j] = kron(y, S)[(i,j),k]*ones(2)[i]*y[j]*y[k]", 4, {36, 225, 68, 425}},
    {"v[i] = norm2(kron(y, S)[(i,j),:])^2*y[j]*ones(2)[i]", 2, {40 + 625, 80 + 1250}},
    /* places that are variables: c + 1 = [3 1 2] is g1, h + 1 = [3 1] is k1 */
    {"x[g1]", 3, {3, 1, -2}},
    {"x[k1]", 2, {3, 1}},
    {"x'[k1]", 2, {3, 1}},
    {"A[:,k1]", 4, {3, 1, 6, 4}},
    {"B[k1,:]", 4, {0, 3, 1, 0}},
    {"B[k1,2]", 2, {3, 0}},
    {"B[k1,k2]", 4, {3, 0, 0, 1}},
    {"x[k1[1]]", 1, {3}},
    {"x[i2]", 1, {-2}},
    {"A[1,i2]", 1, {2}},
    {"v[i] = x[k1[i]]", 2, {3, 1}},
    {"x[k1[i]]*y[i]", 1, {11}},
    {"v[i,j] = B[g1[i],j]", 6, {0, 3, 1, 0, 2, 1}},
    /* reshape: column-major, like vec */
    {"reshape(A, 3, 2)", 6, {1, 5, 4, 3, 2, 6}},
    {"reshape(A, 6)", 6, {1, 4, 2, 5, 3, 6}},
    {"reshape(x, 3, 1)", 3, {1, -2, 3}},
    {"reshape(x', 1, 3)", 3, {1, -2, 3}},
    {"reshape(vec(A), 2, 3)", 6, {1, 2, 3, 4, 5, 6}},
    {"reshape(vcat(x, z), 2, 3)", 6, {1, 3, 1, -2, 0.5, -1}},
    {"reshape(A, 2, 1, 3)", 6, {1, 2, 3, 4, 5, 6}},
    {"reshape(T, 2, 6)", 12, {1, 4, 2, 5, 3, 6, 7, 10, 8, 11, 9, 12}},
    {"reshape(T, 4, 3)", 12, {1, 2, 3, 7, 8, 9, 4, 5, 6, 10, 11, 12}},
    {"reshape(T, 3, 4)", 12, {1, 10, 5, 9, 7, 2, 11, 6, 4, 8, 3, 12}},
    {"reshape(Y, 2)", 2, {2, 5}},
    {"reshape(a, 1)", 1, {3}},
    /* einsum, as NumPy has it */
    {"einsum(\"ij,jk->ik\", A, B)", 4, {5, 11, 14, 23}},
    {"einsum(\"ij,jk\", A, B)", 4, {5, 11, 14, 23}},
    {"einsum(\"ji\", A)", 6, {1, 4, 2, 5, 3, 6}},
    {"einsum(\"ij->\", A)", 1, {21}},
    {"einsum(\"ii\", S)", 1, {5}},
    {"einsum(\"ii->i\", S)", 2, {2, 3}},
    {"einsum(\"i,i\", x, z)", 1, {-4.5}},
    {"einsum(\" i , j -> j i \", x, y)", 6, {2, -4, 6, 5, -10, 15}},
    {"einsum(\",ij->ij\", a, S)", 4, {6, 3, 3, 9}},
    {"einsum(\"ijk,k->ij\", T, z)", 4, {-0.5, 1, 2.5, 4}},
    {"einsum(\"Bi,bi\", A, A)", 4, {14, 32, 32, 77}},
    {"einsum(\"i,i,i->\", y, y, y')", 1, {133}},
    {"q[j] = sum[i](where(A[i,j] > 2, 1, 0))", 3, {1, 1, 2}},
};

static void bind(fixture *f, environment *env, const char *word, size_t count, const double *values) {
    assert_true(environment_set(env, graph_name(f->graph, word), count, values));
}

static void bind_all(fixture *f, environment *env) {
#define BIND(v) bind(f, env, #v, sizeof v / sizeof *(v), v)
    BIND(A), BIND(B), BIND(S), BIND(x), BIND(y), BIND(z), BIND(a), BIND(b), BIND(c), BIND(h), BIND(p),
        BIND(Y);
    BIND(T), BIND(N), BIND(g1), BIND(k1), BIND(k2), BIND(i2);
#undef BIND
}

static bool same(const value_case *v, const double *values, size_t count) {
    bool ok = count == v->count;
    for (size_t i = 0; ok && i < count; i++)
        ok = fabs(values[i] - v->expected[i]) <= 1e-12 * (1 + fabs(v->expected[i]));
    if (!ok) {
        print_message("%s: %zu numbers:", v->expression, count);
        for (size_t i = 0; i < count; i++)
            print_message(" %.17g", values[i]);
        print_message("\n");
    }
    return ok;
}

static bool evaluates(const value_case *v) {
    fixture f;
    fixture_open(&f);
    typed t = read_right(&f, where, v->expression);
    environment *env = environment_new(&f.memory);
    assert_non_null(env);
    bind_all(&f, env);
    arena scratch = arena_new(&f.memory);
    double *values;
    size_t count;
    assert_true(value_count(f.graph, env, t.node, &count));
    bool ok = value_evaluate(f.graph, env, &scratch, 1, &t.node, &values) && same(v, values, count);
    if (diagnostics_failed(&f.diagnostics))
        fixture_print(&f);
    arena_free(&scratch);
    environment_free(env);
    fixture_close(&f);
    return ok;
}

static void test_values(void **state) {
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        wrong += !evaluates(&cases[i]);
    assert_int_equal(wrong, 0);
}

/* Losses by their definitions. */
static void test_crossentropy(void **state) {
    (void)state;
    double labels = (LSE3(1, 2, 3) - 3 + LSE3(4, 5, 6) - 4) / 2;
    double soft = (LSE2(2, 1) * 0.25 * 4 - 0.25 * 2 - 0.75 * 1 + LSE2(1, 3) - 0.5 * 1 - 0.5 * 3) / 2;
    const value_case by_labels = {"crossentropy(A, h)", 1, {labels}};
    const value_case by_rows = {"crossentropy(A, onehot(h, 3))", 1, {labels}};
    const value_case by_probabilities = {"crossentropy(S, hcat(vcat(1/4, 1/2), vcat(3/4, 1/2)))", 1, {soft}};
    const value_case of_vector = {"crossentropy(y, vcat(1/4, 3/4))", 1, {LSE2(2, 5) - 0.5 - 3.75}};
    assert_true(evaluates(&by_labels));
    assert_true(evaluates(&by_rows));
    assert_true(evaluates(&by_probabilities));
    assert_true(evaluates(&of_vector));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_values), cmocka_unit_test(test_crossentropy)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
