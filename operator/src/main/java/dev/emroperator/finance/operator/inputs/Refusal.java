package dev.emroperator.finance.operator.inputs;

/**
 * Why an object can't be run as it is, found before anything was paid.
 *
 * @param reason one word for programs
 * @param message names the field and the remedy
 */
public record Refusal(String reason, String message) {}
