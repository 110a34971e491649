/* x <- x - lr*direction(g): stochastic gradient descent with momentum, and Adam. */
/* SPDX-License-Identifier: MIT */
#include "learn/optimizer.h"

#include <math.h>

bool optimizer_new(optimizer *o, const settings *s, size_t length, arena *a) {
    *o = (optimizer){.settings = s, .length = length};
    bool velocity = s->kind == OPTIMIZER_ADAM || s->momentum > 0;
    if (velocity)
        o->first = ARENA_NEW(a, double, length);
    if (s->kind == OPTIMIZER_ADAM)
        o->second = ARENA_NEW(a, double, length);
    return (!velocity || o->first) && (s->kind != OPTIMIZER_ADAM || o->second);
}

static void descend(const optimizer *o, double *restrict x, const double *restrict g) {
    double lr = o->settings->lr;
    for (size_t i = 0; i < o->length; i++)
        x[i] -= lr * g[i];
}

/* v begins at 0, so that the first velocity is the gradient itself. */
static void descend_with_momentum(const optimizer *o, double *restrict x, const double *restrict g) {
    double lr = o->settings->lr, momentum = o->settings->momentum;
    double *restrict v = o->first;
    if (o->settings->nesterov)
        for (size_t i = 0; i < o->length; i++) {
            v[i] = momentum * v[i] + g[i];
            x[i] -= lr * (g[i] + momentum * v[i]);
        }
    else
        for (size_t i = 0; i < o->length; i++) {
            v[i] = momentum * v[i] + g[i];
            x[i] -= lr * v[i];
        }
}

static void adapt(const optimizer *o, double *restrict x, const double *restrict g) {
    const settings *s = o->settings;
    double t = (double)o->steps, b1 = s->beta1, b2 = s->beta2, eps = s->eps;
    double rate = s->lr / (1 - pow(b1, t)), root = sqrt(1 - pow(b2, t));
    double *restrict m = o->first, *restrict v = o->second;
    for (size_t i = 0; i < o->length; i++) {
        m[i] = b1 * m[i] + (1 - b1) * g[i];
        v[i] = b2 * v[i] + (1 - b2) * g[i] * g[i];
        x[i] -= rate * m[i] / (sqrt(v[i]) / root + eps);
    }
}

void optimizer_step(optimizer *o, double *x, const double *gradient) {
    o->steps++;
    if (o->settings->kind == OPTIMIZER_ADAM)
        adapt(o, x, gradient);
    else if (o->first)
        descend_with_momentum(o, x, gradient);
    else
        descend(o, x, gradient);
}
