package dev.emroperator.finance.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every reason that conditions, outcomes, attempts, Events and the job's errors give: one word for
 * programs. docs/troubleshooting.md says of each what to do.
 */
public enum Reason {
  // Refused before anything was paid.
  /** No environment of that name is configured. */
  UNKNOWN_ENVIRONMENT("UnknownEnvironment"),
  /** The spec was written for another version of the operator. */
  UNREADABLE_SPEC("UnreadableSpec"),
  /** The environment lets this namespace not read or write there. */
  OUTSIDE_FENCE("OutsideFence"),
  /** The output lies inside of an input, so that a run would read what another has written. */
  OUTPUT_INSIDE_INPUT("OutputInsideInput"),
  /** An input lies inside of the output. */
  INPUT_INSIDE_OUTPUT("InputInsideOutput"),
  /** The cluster may grow beyond what the environment allows. */
  CAPACITY_EXCEEDED("CapacityExceeded"),
  /** A tag has a key that the environment does not allow. */
  TAG_NOT_ALLOWED("TagNotAllowed"),
  /** A time zone is none of IANA's. */
  UNKNOWN_TIMEZONE("UnknownTimezone"),
  /** A day of the range is none of the calendar. */
  INVALID_RANGE("InvalidRange"),
  /** An analysis is made of something that is neither an input nor an earlier analysis. */
  UNKNOWN_SOURCE("UnknownSource"),
  /** An analysis is of a kind that this version does not know. */
  UNKNOWN_KIND("UnknownKind"),
  /** A column that an analysis needs is not there. */
  MISSING_COLUMN("MissingColumn"),
  /** A result would have two columns of one name. */
  DUPLICATE_COLUMN("DuplicateColumn"),
  /** Prices are to be adjusted in bars that may hold an event. */
  BARS_TOO_LONG("BarsTooLong"),
  /** The text of an SQL analysis is no query. */
  NOT_A_SELECT("NotASelect"),
  /** A setting of Spark may change more than how fast a job runs. */
  SPARK_SETTING_NOT_ALLOWED("SparkSettingNotAllowed"),
  /** A setting of Spark has a value of another kind. */
  INVALID_SPARK_SETTING("InvalidSparkSetting"),
  /** An input has no files. */
  INPUT_MISSING("InputMissing"),
  /** S3 does not let the operator read an input. */
  INPUT_UNREADABLE("InputUnreadable"),
  /** The first file of an input is not of its format. */
  UNREADABLE_FILE("UnreadableFile"),
  /** S3 does not let the operator look for earlier results. */
  OUTPUT_UNREADABLE("OutputUnreadable"),

  // On its way.
  /** Other runs of the namespace go first. */
  QUEUED("Queued"),
  /** EMR's quota for new clusters is used up for the moment. */
  WAITING_FOR_TURN("WaitingForTurn"),
  /** EMR is being asked for a cluster. */
  REQUESTED("Requested"),
  /** The cluster is starting. */
  PROVISIONING("Provisioning"),
  /** The job runs. */
  RUNNING("Running"),
  /** An attempt failed, and another one follows. */
  RETRY_SCHEDULED("RetryScheduled"),
  /** The status was lost, and the cluster found by its name. */
  RECOVERED("Recovered"),
  /** Another run of the object begins. */
  RENEWED("Renewed"),
  /** The object is deleted, and waits for the end of its cluster. */
  DELETING("Deleting"),

  // Something stands in the way.
  /** EMR or S3 can't be asked now, or does not let the operator ask. */
  HINDERED("Hindered"),
  /** The request for a cluster found no way to EMR. */
  EMR_UNREACHABLE("EmrUnreachable"),
  /** Nobody knows whether the request for a cluster has led to one. */
  OUTCOME_UNKNOWN("OutcomeUnknown"),
  /** The object is deleted, and the operator can't end its cluster. */
  DELETION_BLOCKED("DeletionBlocked"),

  // As the user wants it.
  /** All results are there. */
  SUCCEEDED("Succeeded"),
  /** All results were there already. */
  RESULT_REUSED("ResultReused"),
  /** The run rests by spec.suspend. */
  SUSPENDED("Suspended"),
  /** The user has cancelled the run. */
  CANCELLED("Cancelled"),

  // The run failed.
  /** EMR refused the request for a cluster. */
  REQUEST_REFUSED("RequestRefused"),
  /** An analysis failed, and the job told why. */
  ANALYSIS_FAILED("AnalysisFailed"),
  /** A file can't be read, or is another one than it was when the run began. */
  CORRUPT_FILE("CorruptFile"),
  /** A value can't be what its column wants, or can't be computed with. */
  BAD_VALUE("BadValue"),
  /** What an analysis is made of has failed. */
  UPSTREAM_FAILED("UpstreamFailed"),
  /** The job failed for another cause than its data. */
  JOB_ERROR("JobError"),
  /** EMR reports a failed step, and the job did not tell why. */
  STEP_FAILED("StepFailed"),
  /** The job ended well, but not every result is whole. */
  RESULTS_MISSING("ResultsMissing"),
  /** The cluster did not start in time. */
  START_DEADLINE_EXCEEDED("StartDeadlineExceeded"),
  /** The run was not done in time. */
  DEADLINE_EXCEEDED("DeadlineExceeded"),
  /** EMR no longer knows the cluster. */
  CLUSTER_LOST("ClusterLost"),
  /** The plan of the run is gone or unreadable. */
  PLAN_LOST("PlanLost"),

  // The cluster ended before the job, in EMR's own words.
  /** EMR's INTERNAL_ERROR; on an object without a cluster, a defect of the operator. */
  INTERNAL_ERROR("InternalError"),
  /** EMR's VALIDATION_ERROR. */
  VALIDATION_ERROR("ValidationError"),
  /** EMR's INSTANCE_FAILURE. */
  INSTANCE_FAILURE("InstanceFailure"),
  /** EMR's INSTANCE_FLEET_TIMEOUT. */
  INSTANCE_FLEET_TIMEOUT("InstanceFleetTimeout"),
  /** EMR's BOOTSTRAP_FAILURE. */
  BOOTSTRAP_FAILURE("BootstrapFailure"),
  /** EMR's USER_REQUEST: someone has terminated the cluster. */
  USER_REQUEST("UserRequest"),
  /** EMR's STEP_FAILURE, where EMR names no failed step. */
  STEP_FAILURE("StepFailure"),
  /** EMR's ALL_STEPS_COMPLETED, though not every step was seen to complete. */
  ALL_STEPS_COMPLETED("AllStepsCompleted"),
  /** The cluster ended, and EMR gave no code or one that this version does not know. */
  CLUSTER_ENDED("ClusterEnded"),

  // Of attempts and clusters.
  /** The status was lost while this attempt ran. */
  STATUS_LOST("StatusLost"),
  /** Nothing tells the reason, or it is none of this version's. */
  UNKNOWN("Unknown"),
  /** A cluster lives whose object is there, and needs another one or none. */
  STRAY_CLUSTER("StrayCluster"),
  /** A cluster lives whose object is gone. */
  ORPHANED_CLUSTER("OrphanedCluster");

  private static final Map<String, Reason> BY_CODE =
      Stream.of(values()).collect(Collectors.toUnmodifiableMap(Reason::code, Function.identity()));

  private final String code;

  Reason(String code) {
    this.code = code;
  }

  /** The reason with a code, {@link #UNKNOWN} where this version has none. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Reason of(String code) {
    return code == null ? UNKNOWN : BY_CODE.getOrDefault(code, UNKNOWN);
  }

  /** As it is written in the object. */
  @JsonValue
  public String code() {
    return code;
  }

  @Override
  public String toString() {
    return code;
  }
}
