/* Block 2: the Jacobian of (x0^2 + x1, x0 x1) at (2, 3), derived, beside the numerical one. */
/* SPDX-License-Identifier: MIT */
#include <gradus/gradus.h>

#include <stdio.h>

static int g(const double *x, size_t n, double *y, size_t m, void *user) {
    (void)n, (void)m, (void)user;
    y[0] = x[0] * x[0] + x[1];
    y[1] = x[0] * x[1];
    return 0;
}

static gradus_status jacobian(gradus_context *c, const double *point, gradus_array *value) {
    const char *text = "vcat(x[1]^2 + x[2], x[1]*x[2])";
    gradus_expr y, x;
    gradus_derivative d;
    gradus_printed formula;
    gradus_status status = gradus_declare(c, "x: [2]");
    if (status == GRADUS_OK)
        status = gradus_parse(c, text, &y);
    if (status == GRADUS_OK)
        status = gradus_variable(c, "x", &x);
    if (status == GRADUS_OK)
        status = gradus_derive(c, y, 1, &x, NULL, &d);
    if (status == GRADUS_OK)
        status = gradus_print(c, d.expr, GRADUS_TEXT, 0, &formula);
    if (status != GRADUS_OK)
        return status;
    printf("g = %s\ndg/dx = %s        %s\n\n", text, formula.text, formula.shape);
    status = gradus_bind(c, "x", 1, (size_t[]){2}, point);
    return status == GRADUS_OK ? gradus_evaluate(c, d.expr, value) : status;
}

int main(void) {
    double point[2] = {2, 3}, numerical[2][2];
    gradus_array derived = {0};
    gradus_context *c = gradus_context_new(NULL);
    gradus_status status = c ? jacobian(c, point, &derived) : GRADUS_OUT_OF_MEMORY;
    if (status == GRADUS_OK) {
        gradus_numeric_jacobian(g, NULL, point, 2, 2, NULL, &numerical[0][0], NULL, NULL);
        printf("at (2, 3)     derived              numerical\n");
        for (int i = 0; i < 2; i++) /* row-major: row i holds the derivatives of entry i of g */
            printf("row %d    %5g %5g    %11.8f %11.8f\n", i + 1, derived.values[2 * i],
                   derived.values[2 * i + 1], numerical[i][0], numerical[i][1]);
        gradus_array_free(c, &derived);
    } else {
        fputs(c ? gradus_messages(c, 0) : gradus_status_text(status), stderr);
    }
    gradus_context_free(c);
    return gradus_status_exit(status);
}
