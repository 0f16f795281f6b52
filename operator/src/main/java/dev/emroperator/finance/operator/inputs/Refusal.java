package dev.emroperator.finance.operator.inputs;

import dev.emroperator.finance.api.Reason;

/**
 * Why an object can't be run as it is, found before anything was paid.
 *
 * @param message names the field and the remedy
 */
public record Refusal(Reason reason, String message) {}
