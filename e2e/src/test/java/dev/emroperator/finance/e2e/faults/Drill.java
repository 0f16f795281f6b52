package dev.emroperator.finance.e2e.faults;

import java.util.function.Function;

/**
 * A run with one fault, for any lane.
 *
 * @param kind class of the fault, a row of the table
 */
record Drill(String kind, String what, Function<Lane, Finding> run) {}
