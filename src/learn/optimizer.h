/* Rules that turn a gradient into the next parameters, over one block of numbers. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_LEARN_OPTIMIZER_H
#define GRADUS_LEARN_OPTIMIZER_H

#include "learn/settings.h"

typedef struct optimizer {
    const settings *settings;
    size_t length;
    uint64_t steps;
    double *first;  /* [length] velocity of SGD, mean of the gradients of Adam */
    double *second; /* [length] mean of the squared gradients of Adam */
} optimizer;

/* The state begins at 0 and lies in the arena. False when out of memory. */
bool optimizer_new(optimizer *o, const settings *s, size_t length, arena *a);

/* x[i] <- the next x[i], gradient[i] the derivative of what is minimized.
 *
 *   sgd, momentum   v <- momentum*v + g (v = g at the first step);  x <- x - lr*v
 *     nesterov      x <- x - lr*(g + momentum*v)
 *   adam            m <- beta1*m + (1 - beta1)*g;  v <- beta2*v + (1 - beta2)*g^2
 *                   x <- x - lr/(1 - beta1^t) * m / (sqrt(v/(1 - beta2^t)) + eps)
 *
 * These are the definitions of torch.optim.SGD and torch.optim.Adam of PyTorch. Sutskever, Martens, Dahl,
 * Hinton: On the importance of initialization and momentum in deep learning, ICML 2013. Kingma, Ba: Adam,
 * arXiv:1412.6980. */
void optimizer_step(optimizer *o, double *x, const double *gradient);

#endif
