package dev.emroperator.finance.job.input;

import dev.emroperator.finance.api.Input;
import dev.emroperator.finance.api.Input.OnBadFile;
import dev.emroperator.finance.api.run.HivePath;
import dev.emroperator.finance.api.run.Manifest;
import dev.emroperator.finance.api.run.Manifest.NamedFile;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.api.run.Plan.FrozenInput;
import dev.emroperator.finance.job.JobFailure;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/** The files of an input, each looked into before any is scanned. */
final class Preflight {

  private static final int MOST_NAMED = 1_000;

  private final Input input;
  private final Days days;
  private final List<Look> looks;

  private Preflight(Input input, Days days, List<Look> looks) {
    this.input = input;
    this.days = days;
    this.looks = looks;
  }

  /** A file and what it says of itself; nothing where it is corrupt, or of days not wanted. */
  private record Look(Plan.File file, InputFile found, JobFailure corrupt) {}

  /** What one look comes to. */
  private record Judged(Look look, Verdict verdict, String reason) {}

  /** Files to read, and what the manifest tells of all. */
  record Chosen(List<InputFile> files, Manifest.Source told) {}

  /** Looks into the files that can have rows of the days. */
  static Preflight of(FrozenInput frozen, Days days, ParquetTypes parquet, Configuration hadoop) {
    Input input = frozen.input();
    List<Look> looks =
        frozen.files().parallelStream()
            .map(
                file ->
                    isOfOtherDay(file, input, days)
                        ? new Look(file, null, null)
                        : look(file, input, parquet, hadoop))
            .toList();
    if (looks.stream().allMatch(look -> look.found() == null && look.corrupt() == null)) {
      // Its schema makes an empty result.
      looks = new ArrayList<>(looks);
      looks.set(0, look(frozen.files().get(0), input, parquet, hadoop));
    }
    return new Preflight(input, days, looks);
  }

  private static Look look(
      Plan.File file, Input input, ParquetTypes parquet, Configuration hadoop) {
    try {
      return new Look(file, InputFile.inspect(file, input, parquet, hadoop), null);
    } catch (JobFailure failure) {
      if (failure.kind() != Verdict.CORRUPT.failure()) {
        throw failure;
      }
      return new Look(file, null, failure);
    }
  }

  /** Where the day is the name of a folder, the file need not even be opened. */
  private static boolean isOfOtherDay(Plan.File file, Input input, Days days) {
    String named = HivePath.of(file.path()).columns().get(input.columns().time());
    try {
      LocalDate day = named == null ? null : LocalDate.parse(named);
      return day != null && !days.overlap(new Days(day, day));
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  /**
   * Names of the columns that any file has of those that can have a wanted row; of all that are
   * whole, where none can. So a column that comes to a feed is asked of the files before it, too,
   * and no order of files decides.
   */
  Set<String> columns() {
    List<InputFile> found = looks.stream().map(Look::found).filter(Objects::nonNull).toList();
    if (found.isEmpty()) {
      throw first(judge(Set.of()));
    }
    List<InputFile> read =
        found.stream()
            .filter(file -> !Objects.equals(file.rows(), 0L) && file.canHold(days))
            .toList();
    return (read.isEmpty() ? found : read)
        .stream()
            .flatMap(file -> file.columns().stream())
            .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * The files to read for the wanted columns.
   *
   * @throws JobFailure when one is bad and that fails the input, or too many are
   */
  Chosen choose(Set<String> wanted) {
    List<Judged> judged = judge(wanted);
    List<Judged> bad = judged.stream().filter(one -> one.verdict().isBad()).toList();
    List<InputFile> good =
        judged.stream()
            .filter(one -> one.verdict() == Verdict.OK || one.verdict() == Verdict.CAST)
            .map(one -> one.look().found())
            .toList();
    if (!bad.isEmpty() && input.onBadFile() == OnBadFile.FAIL) {
      throw first(bad);
    }
    if (bad.size() > input.maxBadFiles()) {
      throw new JobFailure(
          bad.get(0).verdict().failure(),
          "input '%s' has %d bad files, more than its maxBadFiles of %d; the first: %s"
              .formatted(input.name(), bad.size(), input.maxBadFiles(), bad.get(0).reason()));
    }
    List<InputFile> read = good.isEmpty() ? List.of(anyWhole(judged, wanted)) : good;
    return new Chosen(read, told(judged, read));
  }

  /** No row is wanted of it, but its schema makes an empty result. */
  private InputFile anyWhole(List<Judged> judged, Set<String> wanted) {
    List<Look> found =
        judged.stream()
            .filter(one -> !one.verdict().isBad() && one.look().found() != null)
            .map(Judged::look)
            .toList();
    if (found.isEmpty()) {
      throw first(judged);
    }
    return found.stream()
        .filter(look -> unfit(look, wanted).isEmpty())
        .findFirst()
        .map(Look::found)
        .orElseThrow(() -> first(unfit(found.get(0), wanted).stream().toList()));
  }

  private static JobFailure first(List<Judged> judged) {
    return judged.stream()
        .filter(one -> one.verdict().isBad())
        .findFirst()
        .map(bad -> new JobFailure(bad.verdict().failure(), bad.reason()))
        .orElseThrow();
  }

  private List<Judged> judge(Set<String> wanted) {
    return looks.stream().map(look -> judge(look, wanted)).toList();
  }

  private Judged judge(Look look, Set<String> wanted) {
    InputFile found = look.found();
    if (look.corrupt() != null) {
      return new Judged(look, Verdict.CORRUPT, look.corrupt().getMessage());
    }
    if (found == null) {
      return new Judged(look, Verdict.OUT_OF_RANGE, null);
    }
    if (Objects.equals(found.rows(), 0L)) {
      return new Judged(look, Verdict.EMPTY, "file " + look.file().path() + " has no rows");
    }
    if (wanted.contains("time") && !found.canHold(days)) {
      return new Judged(look, Verdict.OUT_OF_RANGE, null);
    }
    Optional<Judged> unfit = unfit(look, wanted);
    if (unfit.isPresent()) {
      return unfit.get();
    }
    String casts = Casts.of(found, input.names(), wanted);
    return casts.isEmpty()
        ? new Judged(look, Verdict.OK, null)
        : new Judged(look, Verdict.CAST, casts);
  }

  /** For what is wanted, by its columns alone. */
  private Optional<Judged> unfit(Look look, Set<String> wanted) {
    return lacking(look.found(), wanted)
        .map(reason -> new Judged(look, Verdict.MISSING_COLUMN, reason))
        .or(
            () ->
                Casts.refused(look.found(), input.names(), wanted)
                    .map(reason -> new Judged(look, Verdict.WRONG_TYPE, reason)));
  }

  private Optional<String> lacking(InputFile file, Set<String> wanted) {
    Map<String, String> names = input.names();
    return wanted.stream()
        .filter(column -> !file.has(names.get(column)))
        .findFirst()
        .map(
            column ->
                "file %s has no column '%s' for '%s', only %s%s"
                    .formatted(
                        file.file().path(),
                        names.get(column),
                        column,
                        file.columns(),
                        remedy(column, names.get(column))));
  }

  /** What to do about a column that other files have; nothing where none has it. */
  private String remedy(String column, String name) {
    return looks.stream()
        .map(Look::found)
        .filter(file -> file != null && file.has(name))
        .findFirst()
        .map(
            file ->
                "; %s has it: leave out the files without it or, where '%s' can be done without, map it to a name that no file has"
                    .formatted(file.file().path(), column))
        .orElse("");
  }

  private Manifest.Source told(List<Judged> judged, List<InputFile> read) {
    Map<String, Integer> counts = new TreeMap<>();
    List<NamedFile> named = new ArrayList<>();
    for (Judged one : judged) {
      String word = one.verdict().word();
      int count = counts.merge(word, 1, Integer::sum);
      if (one.verdict().isNamed() && count <= MOST_NAMED) {
        named.add(new NamedFile(one.look().file().path(), word, one.reason()));
      }
    }
    boolean known = read.stream().allMatch(file -> file.rows() != null);
    Long rows = known ? read.stream().mapToLong(InputFile::rows).sum() : null;
    return new Manifest.Source(input.name(), rows, counts, named);
  }
}
