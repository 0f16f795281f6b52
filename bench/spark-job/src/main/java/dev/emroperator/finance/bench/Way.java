package dev.emroperator.finance.bench;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A peer and its results.
 *
 * @param results query of DuckDB for the rows of each result, whose folder is RESULT in it; those
 *     of the same name are the same for every peer of a scenario
 */
record Way(Peer peer, Map<String, String> results) {

  /** With one result: these columns of all its Parquet files. */
  static Way of(Peer peer, String columns) {
    return new Way(
        peer, Map.of("rows", "SELECT " + columns + " FROM read_parquet('RESULT/**/*.parquet')"));
  }

  /** The results as they lie in a folder. */
  Map<String, String> in(Path folder) {
    return results.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, one -> one.getValue().replace("RESULT", folder.toString())));
  }
}
