/* Block 3: the Hessians d2f/dx_i dx_j of x0^2 + 2 x1^2 and of both entries of (x0^2 + x1, x0 x1), derived. */
/* SPDX-License-Identifier: MIT */
#include <gradus/gradus.h>

#include <stdio.h>

static gradus_status hessian(gradus_context *c, const char *text) {
    gradus_expr f, x;
    gradus_derivative d;
    gradus_printed formula;
    gradus_array value;
    gradus_status status = gradus_parse(c, text, &f);
    if (status == GRADUS_OK)
        status = gradus_variable(c, "x", &x);
    if (status == GRADUS_OK) /* twice by x: order 2 */
        status = gradus_derive(c, f, 2, (gradus_expr[]){x, x}, NULL, &d);
    if (status == GRADUS_OK)
        status = gradus_print(c, d.expr, GRADUS_TEXT, 0, &formula);
    if (status == GRADUS_OK)
        status = gradus_evaluate(c, d.expr, &value);
    if (status != GRADUS_OK)
        return status;
    printf("f = %s\nd2f/dx dx = %s\n", text, formula.text);
    for (size_t i = 0; i < value.shape[0]; i++)
        printf("    %4g %4g\n", value.values[2 * i], value.values[2 * i + 1]);
    gradus_array_free(c, &value);
    return GRADUS_OK;
}

int main(void) {
    const char *functions[] = {"x[1]^2 + 2*x[2]^2", "x[1]^2 + x[2]", "x[1]*x[2]"};
    double point[2] = {2, 3};
    gradus_context *c = gradus_context_new(NULL);
    gradus_status status = c ? gradus_declare(c, "x: [2]") : GRADUS_OUT_OF_MEMORY;
    if (status == GRADUS_OK)
        status = gradus_bind(c, "x", 1, (size_t[]){2}, point);
    for (size_t i = 0; status == GRADUS_OK && i < sizeof functions / sizeof *functions; i++)
        status = hessian(c, functions[i]);
    if (status != GRADUS_OK)
        fputs(c ? gradus_messages(c, 0) : gradus_status_text(status), stderr);
    gradus_context_free(c);
    return gradus_status_exit(status);
}
