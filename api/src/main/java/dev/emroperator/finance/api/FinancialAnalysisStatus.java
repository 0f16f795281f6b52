package dev.emroperator.finance.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** How far an analysis is. Written by the operator alone. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record FinancialAnalysisStatus(
    @JsonPropertyDescription(
            "Generation of the spec that this status speaks of; -1 before the operator saw the object.")
        Long observedGeneration,
    @JsonPropertyDescription(
            "Pending, Provisioning, Running, Finishing, Suspended, Succeeded or Failed.")
        Phase phase,
    @JsonPropertyDescription("What a person wants to know now.") String message,
    @JsonPropertyDescription("How much of the work is done.") Progress progress,
    @JsonPropertyDescription("One entry for each analysis, in the order of the spec.")
        List<Step> steps,
    @JsonPropertyDescription("The cluster of the current attempt.") EmrCluster cluster,
    @JsonPropertyDescription(
            "Names the result: a hash of the fields that define it, the input files and the job.")
        String runId,
    @JsonPropertyDescription("The spec that the run was made of.") RunSpec run,
    @JsonPropertyDescription("The current attempt: written before EMR is asked for a cluster.")
        Attempt attempt,
    @JsonPropertyDescription(
            "The attempts before the current one, also of earlier runs, the last 10, oldest first.")
        List<PastAttempt> attempts,
    @JsonPropertyDescription("How the work ended, known before the cluster is gone.")
        Outcome outcome,
    @JsonPropertyDescription("The results: read these paths, and only these.") List<Result> outputs,
    @JsonPropertyDescription(
            "The last value of each request annotation (retry, cancel, rerun) that was served or had nothing to do.")
        Map<String, String> handledRequests,
    @JsonPropertyDescription("Ready, Reconciling and Stalled, as kstatus reads them.")
        List<Condition> conditions)
    implements FinancialAnalysisStatusBuilder.With {

  /** Status of an object that the operator has not written to. */
  public static final FinancialAnalysisStatus EMPTY =
      new FinancialAnalysisStatus(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null);

  public FinancialAnalysisStatus {
    steps = steps == null ? List.of() : List.copyOf(steps);
    attempts = attempts == null ? List.of() : List.copyOf(attempts);
    outputs = outputs == null ? List.of() : List.copyOf(outputs);
    handledRequests = handledRequests == null ? Map.of() : Map.copyOf(handledRequests);
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }

  /** Work done over all analyses. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Progress(
      @JsonPropertyDescription("0 to 100; 100 only when every result is there.") Integer percent,
      @JsonPropertyDescription("Analyses that are done.") Integer completed,
      @JsonPropertyDescription("Analyses in all.") Integer total,
      @JsonPropertyDescription("completed/total, as in 1/2.") String summary,
      @JsonPropertyDescription("percent with its sign, as in 63%.") String display,
      @JsonPropertyDescription(
              "When the job is done if it goes on as it went, to the minute; not there while that is not known.")
          Instant eta) {}

  /** One analysis of the run. */
  @RecordBuilder
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Step(
      @JsonPropertyDescription("Name of the analysis.") String name,
      @JsonPropertyDescription("Pending, Running, Succeeded, Failed or Skipped.") StepState state,
      @JsonPropertyDescription("0 to 100.") Integer percent,
      @JsonPropertyDescription("Rows of the result.") Long rows,
      @JsonPropertyDescription("Folder of the result.") String output,
      @JsonPropertyDescription("Why it failed or was skipped.") String cause)
      implements FinancialAnalysisStatusStepBuilder.With {}

  /** The EMR cluster. */
  @RecordBuilder
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record EmrCluster(
      @JsonPropertyDescription("EMR's id, as in j-2AXXXXXXGAPLF.") String id,
      @JsonPropertyDescription("EMR's id of the one step that runs the job.") String stepId,
      @JsonPropertyDescription("Name in EMR's console.") String name,
      @JsonPropertyDescription("EMR's state, as it came.") String state,
      @JsonPropertyDescription("When EMR created it.") Instant startedAt,
      @JsonPropertyDescription("When EMR reported its end.") Instant endedAt,
      @JsonPropertyDescription("Subnet that EMR chose, known at its end.") String subnet,
      @JsonPropertyDescription("Page in the AWS console.") String console,
      @JsonPropertyDescription("Where EMR puts the logs.") String logs)
      implements FinancialAnalysisStatusEmrClusterBuilder.With {}

  /** The spec that a run was made of: when it is another one after the end, another run begins. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record RunSpec(
      @JsonPropertyDescription("Generation of the object when the run began.") Long generation,
      @JsonPropertyDescription("Hash of the fields that a run is made of.") String hash) {}

  /** One request for a cluster. */
  @RecordBuilder
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Attempt(
      @JsonPropertyDescription("Counts from 1, over all runs of the object.") Integer number,
      @JsonPropertyDescription("Name of the cluster: exactly one bears it.") String name,
      @JsonPropertyDescription("When the intent was written.") Instant intendedAt,
      @JsonPropertyDescription("The operator process that may send the request.") String claimant,
      @JsonPropertyDescription("Failed attempts before it that count against spec.retry.limit.")
          Integer retries,
      @JsonPropertyDescription("When the job halts itself, as its plan says.") Instant deadline)
      implements FinancialAnalysisStatusAttemptBuilder.With {}

  /** An attempt that failed and was followed by another. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record PastAttempt(
      @JsonPropertyDescription("Counts from 1.") Integer number,
      @JsonPropertyDescription("EMR's id of its cluster.") String clusterId,
      @JsonPropertyDescription("When its intent was written.") Instant intendedAt,
      @JsonPropertyDescription("When EMR reported the end of its cluster.") Instant endedAt,
      @JsonPropertyDescription("Subnet of its cluster.") String subnet,
      @SchemaFrom(type = String.class) @JsonPropertyDescription("One word for programs.")
          Reason reason,
      @JsonPropertyDescription("A sentence for people.") String message) {}

  /** How the work of the attempt ended. */
  @RecordBuilder
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Outcome(
      @JsonPropertyDescription("When it was known.") Instant at,
      @JsonPropertyDescription("True when every result is there.") Boolean succeeded,
      @SchemaFrom(type = String.class) @JsonPropertyDescription("One word for programs.")
          Reason reason,
      @JsonPropertyDescription("A sentence for people.") String message,
      @JsonPropertyDescription(
              "The last lines of the step's log, when EMR has put it on S3; what looks like a secret is masked.")
          String log)
      implements FinancialAnalysisStatusOutcomeBuilder.With {

    public Outcome(Instant at, boolean succeeded, Reason reason, String message) {
      this(at, succeeded, reason, message, null);
    }
  }

  /** One result. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Result(
      @JsonPropertyDescription("Name of the analysis.") String analysis,
      @JsonPropertyDescription("Folder to read.") String path,
      @JsonPropertyDescription("Number of files.") Integer files,
      @JsonPropertyDescription("Number of rows.") Long rows,
      @JsonPropertyDescription("Size of the files in bytes.") Long bytes,
      @JsonPropertyDescription(
              "Input files that were left out, where there are any: the manifest in the folder names them.")
          Long badFiles,
      @JsonPropertyDescription(
              "Rows that an analysis of kind quality has left out: they are in _quarantine in the folder.")
          Long badRows) {}
}
