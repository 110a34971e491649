/* Block 4: the chain rule on h(x) = g(f(x)): Jh(x) = Jg(f(x)) * Jf(x), as a formula and in numbers. */
/* SPDX-License-Identifier: MIT */
#include <gradus/gradus.h>

#include <stdio.h>

static const char *const F = "vcat(x[1]^2 + x[2], x[1]*x[2])", *const G = "vcat(u[1]*u[2], sin(u[1]))";

/* Derives e by `by` and prints the formula. */
static gradus_status jacobian(gradus_context *c, gradus_expr e, gradus_expr by, const char *head,
                              gradus_printed *p, gradus_expr *result) {
    gradus_derivative d = {0};
    gradus_status status = gradus_derive(c, e, 1, &by, NULL, &d);
    if (status == GRADUS_OK)
        status = gradus_print(c, d.expr, GRADUS_TEXT, 0, p);
    if (status == GRADUS_OK)
        printf("%s = %s\n", head, p->text);
    *result = d.expr;
    return status;
}

/* whole: the derivative of the composition; product: the product of the Jacobians, Jg taken at f(x). */
static gradus_status compose(gradus_context *c, gradus_expr *whole, gradus_expr *product) {
    gradus_expr x, u, f, g, h, jf, jg, outer;
    gradus_printed text;
    gradus_status status = gradus_declare(c, "x: [2]; u: [2]");
    printf("f(x) = %s\ng(u) = %s\n\n", F, G);
    if (status == GRADUS_OK && (status = gradus_parse(c, F, &f)) == GRADUS_OK)
        status = gradus_parse(c, G, &g);
    if (status == GRADUS_OK && (status = gradus_variable(c, "x", &x)) == GRADUS_OK)
        status = gradus_variable(c, "u", &u);
    if (status == GRADUS_OK) /* h: G with f(x) in the place of u */
        status = gradus_build(c, G, 1, (const char *[]){"u"}, &f, &h);
    if (status == GRADUS_OK && (status = jacobian(c, f, x, "Jf", &text, &jf)) == GRADUS_OK &&
        (status = jacobian(c, h, x, "Jh", &text, whole)) == GRADUS_OK &&
        (status = jacobian(c, g, u, "Jg", &text, &jg)) == GRADUS_OK)
        status = gradus_build(c, text.text, 1, (const char *[]){"u"}, &f, &outer);
    if (status != GRADUS_OK)
        return status;
    return gradus_build(c, "G*F", 2, (const char *[]){"G", "F"}, (gradus_expr[]){outer, jf}, product);
}

int main(void) {
    gradus_expr expr[2];
    gradus_array value[2] = {{0}, {0}};
    gradus_context *c = gradus_context_new(NULL);
    gradus_status status = c ? compose(c, &expr[0], &expr[1]) : GRADUS_OUT_OF_MEMORY;
    if (status == GRADUS_OK)
        status = gradus_bind(c, "x", 1, (size_t[]){2}, (double[]){2, 3});
    for (int k = 0; status == GRADUS_OK && k < 2; k++)
        status = gradus_evaluate(c, expr[k], &value[k]);
    if (status == GRADUS_OK)
        printf("\nat x = (2, 3)         Jh(x)            Jg(f(x)) * Jf(x)\n");
    for (int i = 0; status == GRADUS_OK && i < 2; i++)
        printf("row %d        %9.6f %9.6f    %9.6f %9.6f\n", i + 1, value[0].values[2 * i],
               value[0].values[2 * i + 1], value[1].values[2 * i], value[1].values[2 * i + 1]);
    if (status != GRADUS_OK)
        fputs(c ? gradus_messages(c, 0) : gradus_status_text(status), stderr);
    for (int k = 0; c && k < 2; k++)
        gradus_array_free(c, &value[k]);
    gradus_context_free(c);
    return gradus_status_exit(status);
}
