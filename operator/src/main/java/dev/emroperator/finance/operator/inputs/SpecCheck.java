package dev.emroperator.finance.operator.inputs;

import dev.emroperator.finance.api.FinancialAnalysisSpec;
import dev.emroperator.finance.api.Input;
import dev.emroperator.finance.api.Paths;
import dev.emroperator.finance.api.Range;
import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.api.kind.AnalysisKind;
import dev.emroperator.finance.api.kind.Lineage;
import dev.emroperator.finance.operator.config.Environment;
import dev.emroperator.finance.operator.plan.JobFlowPlan;
import dev.emroperator.finance.operator.s3.S3Uri;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the schema can't say about a spec, checked without a call to anyone. */
public final class SpecCheck {

  private static final Pattern SELECT =
      Pattern.compile("(?is)(?:\\s|\\(|--[^\\n]*+\\n|/\\*.*?\\*/)*+(?:SELECT|WITH)\\b");

  private final FinancialAnalysisSpec spec;
  private final Environment environment;
  private final String namespace;

  private SpecCheck(FinancialAnalysisSpec spec, Environment environment, String namespace) {
    this.spec = spec;
    this.environment = environment;
    this.namespace = namespace;
  }

  /** The first thing that is wrong, if any. */
  public static Optional<Refusal> of(
      FinancialAnalysisSpec spec, Environment environment, String namespace) {
    SpecCheck check = new SpecCheck(spec, environment, namespace);
    return Stream.<Supplier<Optional<Refusal>>>of(
            check::whole,
            check::fence,
            check::capacity,
            check::tags,
            check::zones,
            check::range,
            check::attributes,
            check::analyses,
            check::selects,
            check::settings)
        .map(Supplier::get)
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** What only an object can lack that another version's schema let pass. */
  private Optional<Refusal> whole() {
    boolean lacks =
        spec.inputs().isEmpty()
            || spec.inputs().stream().anyMatch(input -> input.path() == null)
            || spec.analyses().isEmpty()
            || spec.analyses().stream().anyMatch(a -> a.name() == null || a.of() == null)
            || spec.output() == null
            || spec.output().path() == null;
    return lacks
        ? refuse(
            Reason.UNREADABLE_SPEC,
            "spec is not one that this version of the operator can read: compare it with kubectl"
                + " explain fa.spec, and apply it again")
        : Optional.empty();
  }

  private Optional<Refusal> fence() {
    Environment.Fence fence = environment.fence();
    if (!fence.admits(namespace)) {
      return refuse(
          Reason.OUTSIDE_FENCE,
          "environment '%s' is not open to namespace '%s': ask the platform team, or use another",
          spec.environment(),
          namespace);
    }
    if (!spec.output().path().matches(Paths.PREFIX)) {
      return notPlain("spec.output.path", spec.output().path());
    }
    S3Uri output = S3Uri.parse(spec.output().path());
    if (!fence.allowsOutput(output)) {
      return refuse(
          Reason.OUTSIDE_FENCE,
          "spec.output.path %s is outside of what environment '%s' lets you write: %s",
          output,
          spec.environment(),
          fence.outputs());
    }
    for (Input input : spec.inputs()) {
      if (!input.path().matches(Paths.PREFIX_OR_OBJECT)) {
        return notPlain("path of input '" + input.name() + "'", input.path());
      }
      S3Uri location = S3Uri.parse(input.path());
      if (!fence.allowsInput(location)) {
        return refuse(
            Reason.OUTSIDE_FENCE,
            "path %s of input '%s' is outside of what environment '%s' lets you read: %s",
            location,
            input.name(),
            spec.environment(),
            fence.inputs());
      }
      if (location.holds(output)) {
        return refuse(
            Reason.OUTPUT_INSIDE_INPUT,
            "spec.output.path %s lies inside of input '%s': choose a place outside of %s",
            output,
            input.name(),
            location);
      }
      if (output.holds(location)) {
        return refuse(
            Reason.INPUT_INSIDE_OUTPUT,
            "path %s of input '%s' lies inside of spec.output.path: write to a place outside of %s",
            location,
            input.name(),
            output);
      }
    }
    return Optional.empty();
  }

  /** The schema says so too, but the fence must hold whatever schema let the object pass. */
  private Optional<Refusal> notPlain(String field, String path) {
    return refuse(
        Reason.OUTSIDE_FENCE,
        "%s '%s' is not of the form s3://bucket/folder/ in plain characters, so the fence of"
            + " environment '%s' does not let it through: write it without other schemes,"
            + " patterns, '..', '//' and '%%'",
        field,
        path,
        spec.environment());
  }

  private Optional<Refusal> capacity() {
    int asked = JobFlowPlan.maximumCapacity(spec.cluster());
    int most = environment.fence().maximumCapacity();
    return asked <= most
        ? Optional.empty()
        : refuse(
            Reason.CAPACITY_EXCEEDED,
            "spec.cluster may grow to %d units, but environment '%s' allows %d",
            asked,
            spec.environment(),
            most);
  }

  private Optional<Refusal> tags() {
    Set<String> foreign = new TreeSet<>(spec.tags().keySet());
    foreign.removeAll(environment.allowedTags());
    return foreign.isEmpty()
        ? Optional.empty()
        : refuse(
            Reason.TAG_NOT_ALLOWED,
            "spec.tags has %s, but environment '%s' allows only %s",
            foreign,
            spec.environment(),
            new TreeSet<>(environment.allowedTags()));
  }

  private Optional<Refusal> zones() {
    for (Input input : spec.inputs()) {
      try {
        ZoneId.of(input.timezone());
      } catch (DateTimeException e) {
        return refuse(
            Reason.UNKNOWN_TIMEZONE,
            "timezone '%s' of input '%s' is not an IANA zone such as America/New_York",
            input.timezone(),
            input.name());
      }
    }
    return Optional.empty();
  }

  private Optional<Refusal> range() {
    Range range = spec.range();
    if (range == null) {
      return Optional.empty();
    }
    for (String day : Stream.of(range.from(), range.to()).filter(d -> d != null).toList()) {
      try {
        LocalDate.parse(day);
      } catch (DateTimeException e) {
        return refuse(
            Reason.INVALID_RANGE, "spec.range has %s, which is not a day of the calendar", day);
      }
    }
    return Optional.empty();
  }

  /** They stand beside our own columns in tables and results. */
  private Optional<Refusal> attributes() {
    return spec.inputs().stream()
        .flatMap(
            input ->
                input.attributes().keySet().stream()
                    .filter(name -> AnalysisKind.RESERVED.contains(name.toLowerCase(Locale.ROOT)))
                    .map(
                        name ->
                            new Refusal(
                                Reason.DUPLICATE_COLUMN,
                                ("attribute '%s' of input '%s' has the name of a column that the job"
                                        + " adds itself: give it another, as in 'listed_%s: %s'")
                                    .formatted(
                                        name, input.name(), name, input.attributes().get(name)))))
        .findFirst();
  }

  /** Inputs may have every column until their files are read. */
  private Optional<Refusal> analyses() {
    Map<String, Set<String>> inputs = new HashMap<>();
    spec.inputs().forEach(input -> inputs.put(input.name(), input.names().keySet()));
    return Lineage.of(spec.analyses(), inputs)
        .gap()
        .map(gap -> new Refusal(gap.reason(), gap.message()));
  }

  /** What is clearly no query; the job asks Spark's own parser. */
  private Optional<Refusal> selects() {
    return spec.analyses().stream()
        .filter(analysis -> analysis.sql() != null)
        .filter(
            analysis ->
                analysis.sql().select() == null
                    || !SELECT.matcher(analysis.sql().select()).lookingAt())
        .findFirst()
        .flatMap(
            analysis ->
                refuse(
                    Reason.NOT_A_SELECT,
                    "sql.select of analysis '%s' must begin with SELECT or WITH: it is one query, and no command",
                    analysis.name()));
  }

  private Optional<Refusal> settings() {
    return SparkSettings.refusal(spec.spark().conf());
  }

  private static Optional<Refusal> refuse(Reason reason, String message, Object... args) {
    return Optional.of(new Refusal(reason, message.formatted(args)));
  }
}
