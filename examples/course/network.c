/* Block 5: the course network (examples/course.gradus): its backward pass by name, and its training. */
/* SPDX-License-Identifier: MIT */
#include <gradus/gradus.h>

#include <stdio.h>

enum { PARAMETERS = 4 };
static const char *const names[PARAMETERS] = {"W1", "b1", "W2", "b2"};

static gradus_status print_line(gradus_context *c, const char *lead, const char *name, gradus_expr e) {
    gradus_printed p;
    gradus_status status = gradus_print(c, e, GRADUS_TEXT, 1, &p);
    if (status == GRADUS_OK)
        printf("%s%s = %s        %s\n", lead, name, p.text, p.shape);
    return status;
}

/* The gradients are made of the program's own lets and of their adjoints: d_z2, d_a1, d_z1. */
static gradus_status print_backward_pass(gradus_context *c, gradus_program *program) {
    gradus_expr objective, wrt[PARAMETERS], exprs[PARAMETERS];
    gradus_derivative gradients[PARAMETERS];
    const char *const *part_names;
    const gradus_expr *parts;
    size_t count = 0;
    gradus_status status = gradus_program_objective(program, &objective);
    for (int i = 0; status == GRADUS_OK && i < PARAMETERS; i++)
        status = gradus_variable(c, names[i], &wrt[i]);
    if (status == GRADUS_OK)
        status = gradus_gradients(c, objective, PARAMETERS, wrt, NULL, gradients);
    for (int i = 0; status == GRADUS_OK && i < PARAMETERS; i++)
        exprs[i] = gradients[i].expr;
    if (status == GRADUS_OK)
        status = gradus_intermediates(c, PARAMETERS, exprs, &count, &part_names, &parts);
    for (size_t i = 0; status == GRADUS_OK && i < count; i++)
        status = print_line(c, "", part_names[i], parts[i]);
    for (int i = 0; status == GRADUS_OK && i < PARAMETERS; i++)
        status = print_line(c, "d_", names[i], exprs[i]);
    return status;
}

/* The objective is half the mean square, the report mse the mean square that the course prints. */
static int show(void *user, const gradus_progress *p) {
    (void)user;
    printf("%5llu  %9.6f  %9.6f\n", (unsigned long long)p->epoch, p->objective, p->reports[0]);
    return 0;
}

int main(int argc, char **argv) {
    gradus_program *program;
    gradus_training done;
    gradus_context *c = gradus_context_new(NULL);
    gradus_status status = c ? GRADUS_OK : GRADUS_OUT_OF_MEMORY;
    if (status == GRADUS_OK)
        status = gradus_program_read(c, argc > 1 ? argv[1] : "examples/course.gradus", &program);
    if (status == GRADUS_OK)
        status = print_backward_pass(c, program);
    if (status == GRADUS_OK) {
        printf("\nepoch  objective        mse\n");
        status = gradus_program_train(program, &(gradus_train_options){.progress = show}, &done);
    }
    if (status != GRADUS_OK)
        fputs(c ? gradus_messages(c, 0) : gradus_status_text(status), stderr);
    gradus_context_free(c);
    return gradus_status_exit(status);
}
