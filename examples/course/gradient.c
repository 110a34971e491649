/* Block 1: the gradient of x0^2 + 2 x1^2 at (3, 4), derived as (2 x0, 4 x1), beside the numerical one. */
/* SPDX-License-Identifier: MIT */
#include <gradus/gradus.h>

#include <stdio.h>

/* The same function in C. It counts x0, x1; gradus counts from 1: x[1], x[2]. */
static int f(const double *x, size_t n, double *y, void *user) {
    (void)n, (void)user;
    *y = x[0] * x[0] + 2 * x[1] * x[1];
    return 0;
}

static gradus_status gradient(gradus_context *c, const double *point, gradus_array *value) {
    gradus_expr y, x;
    gradus_derivative d;
    gradus_printed formula;
    gradus_status status = gradus_declare(c, "x: [2]");
    if (status == GRADUS_OK)
        status = gradus_parse(c, "x[1]^2 + 2*x[2]^2", &y);
    if (status == GRADUS_OK)
        status = gradus_variable(c, "x", &x);
    if (status == GRADUS_OK)
        status = gradus_derive(c, y, 1, &x, NULL, &d);
    if (status == GRADUS_OK)
        status = gradus_print(c, d.expr, GRADUS_TEXT, 0, &formula);
    if (status != GRADUS_OK)
        return status;
    printf("f = x[1]^2 + 2*x[2]^2\ndf/dx = %s\n", formula.text);
    printf("certified at %d points\n\n", d.certificate.points);
    status = gradus_bind(c, "x", 1, (size_t[]){2}, point);
    return status == GRADUS_OK ? gradus_evaluate(c, d.expr, value) : status;
}

int main(void) {
    double point[2] = {3, 4}, numerical[2], bound[2];
    gradus_array derived = {0};
    gradus_context *c = gradus_context_new(NULL);
    gradus_status status = c ? gradient(c, point, &derived) : GRADUS_OUT_OF_MEMORY;
    if (status == GRADUS_OK) {
        gradus_numeric_gradient(f, NULL, point, 2, NULL, numerical, bound, NULL);
        printf("at (3, 4)  derived    numerical  error bound\n");
        for (int i = 0; i < 2; i++)
            printf("x[%d]     %9g %12.8f  %11.1e\n", i + 1, derived.values[i], numerical[i], bound[i]);
        gradus_array_free(c, &derived);
    } else {
        fputs(c ? gradus_messages(c, 0) : gradus_status_text(status), stderr);
    }
    gradus_context_free(c);
    return gradus_status_exit(status);
}
