package dev.emroperator.finance.operator.reconciler.steps;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Result;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.s3.ObjectStore;
import dev.emroperator.finance.operator.s3.ObjectStore.Versioned;
import dev.emroperator.finance.operator.s3.ObjectStoreException;
import dev.emroperator.finance.operator.s3.S3Uri;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * {@code <output>/<analysis>/_current.json}: names the newest whole result, moved by conditional
 * writes so that two runs can't tear it.
 */
public record CurrentPointer(ObjectMapper json) {

  private static final String NAME = "_current.json";
  private static final int TRIES = 5;

  /** What the pointer says. */
  private record Pointer(int version, String runId, String path) {}

  /** Moves the pointer of every result. */
  void move(FinancialAnalysis object, String runId, List<Result> results, ObjectStore store) {
    S3Uri output = S3Uri.parse(object.getSpec().output().path());
    results.forEach(
        result ->
            move(
                output.resolve(result.analysis() + "/" + NAME),
                bytes(new Pointer(1, runId, result.path())),
                store));
  }

  private static void move(S3Uri location, byte[] wanted, ObjectStore store) {
    for (int tries = 0; tries < TRIES; tries++) {
      Optional<Versioned> seen = store.read(location);
      if (seen.isPresent() && Arrays.equals(seen.get().content(), wanted)) {
        return;
      }
      if (store.writeIf(location, wanted, seen.map(Versioned::etag).orElse(null))) {
        return;
      }
    }
    throw new ObjectStoreException(
        location + " is being changed by others all the time", false, null);
  }

  private byte[] bytes(Pointer pointer) {
    try {
      return json.writeValueAsBytes(pointer);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
