package dev.emroperator.finance.operator.inputs;

import dev.emroperator.finance.api.FinancialAnalysisSpec;
import dev.emroperator.finance.api.Input;
import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.api.kind.Lineage;
import dev.emroperator.finance.api.run.HivePath;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.api.run.Plan.FrozenInput;
import dev.emroperator.finance.operator.s3.ObjectStore;
import dev.emroperator.finance.operator.s3.ObjectStore.StoredObject;
import dev.emroperator.finance.operator.s3.S3Uri;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The files of the inputs: which there are, and whether they have the columns that are read. */
public final class InputFiles {

  private static final int MOST_LOOKS = 10;

  private InputFiles() {}

  /** Lists every input; a refusal if one has no file. */
  public static Found find(FinancialAnalysisSpec spec, ObjectStore store) {
    List<FrozenInput> inputs =
        spec.inputs().stream().map(input -> new FrozenInput(input, files(input, store))).toList();
    Optional<Refusal> refusal =
        inputs.stream()
            .filter(input -> input.files().isEmpty())
            .findFirst()
            .map(
                empty ->
                    new Refusal(
                        Reason.INPUT_MISSING,
                        "input '%s' has no files at %s: put some there, or correct spec.inputs"
                            .formatted(empty.input().name(), empty.input().path())));
    return new Found(inputs, refusal);
  }

  /** What was found, and what is wrong with it. */
  public record Found(List<FrozenInput> inputs, Optional<Refusal> refusal) {}

  /** Looks into one file of each input for the columns that the analyses read from it. */
  public static Optional<Refusal> checkColumns(
      FinancialAnalysisSpec spec, List<FrozenInput> inputs, ObjectStore store) {
    Map<String, List<String>> headers = new HashMap<>();
    Map<String, Set<String>> present = new HashMap<>();
    for (FrozenInput frozen : inputs) {
      Input input = frozen.input();
      try {
        List<String> header = header(frozen, store);
        headers.put(input.name(), header);
        present.put(input.name(), input.present(header));
      } catch (FileHeader.Unreadable e) {
        return Optional.of(new Refusal(Reason.UNREADABLE_FILE, e.getMessage()));
      }
    }
    return Lineage.of(spec.analyses(), present).gap().map(gap -> refusal(gap, inputs, headers));
  }

  /** Of the first file; where bad files may be left out, of the first that is not. */
  private static List<String> header(FrozenInput frozen, ObjectStore store)
      throws FileHeader.Unreadable {
    Input input = frozen.input();
    int mayBeBad =
        input.onBadFile() == Input.OnBadFile.FAIL ? 0 : Math.min(input.maxBadFiles(), MOST_LOOKS);
    FileHeader.Unreadable first = null;
    for (Plan.File file : frozen.files().stream().limit(1L + mayBeBad).toList()) {
      try {
        List<String> names = new ArrayList<>(FileHeader.columns(input.format(), file, store));
        names.addAll(HivePath.of(file.path()).columns().keySet());
        return names;
      } catch (FileHeader.Unreadable e) {
        String told = "file %s: %s".formatted(file.path(), e.getMessage());
        first = first == null ? new FileHeader.Unreadable(told) : first;
      }
    }
    throw first;
  }

  /** Where it is a file that lacks a column, its name there and the remedy are told, too. */
  private static Refusal refusal(
      Lineage.Gap gap, List<FrozenInput> inputs, Map<String, List<String>> headers) {
    return inputs.stream()
        .filter(frozen -> frozen.input().name().equals(gap.source()) && gap.missing() != null)
        .filter(frozen -> frozen.input().names().containsKey(gap.missing()))
        .findFirst()
        .map(
            frozen ->
                new Refusal(
                    gap.reason(),
                    ("input '%s' needs column '%s' for '%s', but %s has only %s: correct"
                            + " spec.inputs[].columns.%s")
                        .formatted(
                            gap.source(),
                            frozen.input().names().get(gap.missing()),
                            gap.missing(),
                            frozen.files().get(0).path(),
                            headers.get(gap.source()),
                            gap.missing())))
        .orElseGet(() -> new Refusal(gap.reason(), gap.message()));
  }

  private static List<Plan.File> files(Input input, ObjectStore store) {
    S3Uri location = S3Uri.parse(input.path());
    boolean folder = location.key().isEmpty() || location.key().endsWith("/");
    return store.list(location).stream()
        .filter(object -> folder || object.uri().equals(location))
        .filter(object -> isData(object, location))
        .map(object -> new Plan.File(object.uri().toString(), object.size(), object.etag()))
        .toList();
  }

  /**
   * Engines skip what begins with an underscore or a dot, at every level; and folders are no files.
   */
  private static boolean isData(StoredObject object, S3Uri location) {
    String below = object.uri().key().substring(location.key().lastIndexOf('/') + 1);
    boolean hidden =
        below.startsWith("_")
            || below.startsWith(".")
            || below.contains("/_")
            || below.contains("/.");
    return !hidden && !below.endsWith("/") && !below.isEmpty();
  }
}
