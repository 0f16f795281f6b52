package dev.emroperator.finance.operator.inputs;

import dev.emroperator.finance.api.Analysis;
import dev.emroperator.finance.api.FinancialAnalysisSpec;
import dev.emroperator.finance.api.Input;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.api.run.Plan.FrozenInput;
import dev.emroperator.finance.operator.s3.ObjectStore;
import dev.emroperator.finance.operator.s3.ObjectStore.StoredObject;
import dev.emroperator.finance.operator.s3.S3Uri;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The files of the inputs: which there are, and whether they have the columns that are read. */
public final class InputFiles {

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
                        "InputMissing",
                        "input '%s' has no files at %s: put some there, or correct spec.inputs"
                            .formatted(empty.input().name(), empty.input().path())));
    return new Found(inputs, refusal);
  }

  /** What was found, and what is wrong with it. */
  public record Found(List<FrozenInput> inputs, Optional<Refusal> refusal) {}

  /** Looks into the first file of each input for the columns that the analyses read from it. */
  public static Optional<Refusal> checkColumns(
      FinancialAnalysisSpec spec, List<FrozenInput> inputs, ObjectStore store) {
    return inputs.stream()
        .map(input -> checkColumns(spec, input, store))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<Refusal> checkColumns(
      FinancialAnalysisSpec spec, FrozenInput frozen, ObjectStore store) {
    Plan.File first = frozen.files().get(0);
    Input input = frozen.input();
    List<String> header;
    try {
      header = FileHeader.columns(input.format(), first, store);
    } catch (FileHeader.Unreadable e) {
      return Optional.of(
          new Refusal("UnreadableFile", "file %s: %s".formatted(first.path(), e.getMessage())));
    }
    Set<String> present =
        header.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    Map<String, String> mapping = input.columns().byCanonicalName();
    return readColumns(spec, input).stream()
        .filter(column -> !present.contains(mapping.get(column).toLowerCase(Locale.ROOT)))
        .findFirst()
        .map(
            column ->
                new Refusal(
                    "MissingColumn",
                    ("input '%s' needs column '%s' for '%s', but %s has only %s: correct"
                            + " spec.inputs[].columns.%s")
                        .formatted(
                            input.name(),
                            mapping.get(column),
                            column,
                            first.path(),
                            header,
                            column)));
  }

  private static Set<String> readColumns(FinancialAnalysisSpec spec, Input input) {
    Set<String> canonical = input.columns().byCanonicalName().keySet();
    Set<String> read = new LinkedHashSet<>(List.of("time", "ticker"));
    for (Analysis analysis : spec.analyses()) {
      if (analysis.of().equals(input.name())) {
        read.addAll(analysis.kind().reads(canonical));
      }
    }
    return read;
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
