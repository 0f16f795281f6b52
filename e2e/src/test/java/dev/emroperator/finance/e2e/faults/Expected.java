package dev.emroperator.finance.e2e.faults;

import java.util.List;

/**
 * How a run has to end.
 *
 * @param phase of the object; empty for one that is deleted by then
 * @param attempts as many as there have to be clusters, each with another name
 * @param results analyses whose results must be there after a success
 * @param byDesign seconds that clusters before the last one cost because the run wants it so
 */
record Expected(String phase, int attempts, List<String> results, double byDesign) {

  Expected(String phase, int attempts, List<String> results) {
    this(phase, attempts, results, 0);
  }
}
