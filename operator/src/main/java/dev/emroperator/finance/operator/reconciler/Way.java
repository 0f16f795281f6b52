package dev.emroperator.finance.operator.reconciler;

/** The steps on the way of an analysis, in their order. */
public record Way(
    Step validate,
    Step claim,
    Step launch,
    Step observe,
    Step collect,
    Step retire,
    Step claimAgain) {}
