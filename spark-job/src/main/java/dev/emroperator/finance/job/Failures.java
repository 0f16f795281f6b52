package dev.emroperator.finance.job;

import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.job.input.BadValue;
import java.io.FileNotFoundException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the one cause that a user can act on in the chain that Spark throws. */
final class Failures {

  private static final Pattern FILE =
      Pattern.compile(
          "(?:reading file|read file|file:|file)\\s+'?((?:s3a?|s3n|file|hdfs):[^\\s'\\]]+)");
  private static final int LONGEST = 500;

  /** How a task's error is told where its object does not reach the driver. */
  private static final Pattern LINKAGE =
      Pattern.compile(
          Stream.of(
                  LinkageError.class,
                  BootstrapMethodError.class,
                  ClassCircularityError.class,
                  ClassFormatError.class,
                  UnsupportedClassVersionError.class,
                  ExceptionInInitializerError.class,
                  IncompatibleClassChangeError.class,
                  AbstractMethodError.class,
                  IllegalAccessError.class,
                  InstantiationError.class,
                  NoSuchFieldError.class,
                  NoSuchMethodError.class,
                  NoClassDefFoundError.class,
                  UnsatisfiedLinkError.class,
                  VerifyError.class)
              .map(Class::getSimpleName)
              .collect(
                  Collectors.joining("|", "(?<!\\S)java\\.lang\\.((?:", ")(?::.*|(?=\\s|$)))")));

  private Failures() {}

  static JobFailure explain(Throwable thrown) {
    String file = null;
    for (Throwable cause = thrown; cause != null; cause = next(cause)) {
      if (cause instanceof JobFailure known) {
        return known;
      }
      Optional<String> badValue = BadValue.in(cause.getMessage());
      if (badValue.isPresent()) {
        return new JobFailure(Reason.BAD_VALUE, badValue.get());
      }
      if (cause instanceof FileNotFoundException) {
        return new JobFailure(Reason.CORRUPT_FILE, "a file is gone: " + firstLine(cause));
      }
      if (cause instanceof ArithmeticException) {
        return new JobFailure(Reason.BAD_VALUE, firstLine(cause));
      }
      Matcher named = FILE.matcher(String.valueOf(cause.getMessage()));
      if (named.find()) {
        file = named.group(1);
      }
    }
    String root = firstLine(root(thrown));
    return file == null
        ? new JobFailure(Reason.JOB_ERROR, root)
        : new JobFailure(Reason.CORRUPT_FILE, "file " + file + " can't be read: " + root);
  }

  /** What code was missing or of another shape, where that is the cause; as text, too. */
  static Optional<String> linkageError(Throwable thrown) {
    Optional<String> told = Optional.empty();
    for (Throwable cause = thrown; cause != null; cause = next(cause)) {
      if (cause instanceof LinkageError) {
        return Optional.of(firstLine(cause));
      }
      if (cause instanceof JobFailure || BadValue.in(cause.getMessage()).isPresent()) {
        return Optional.empty();
      }
      Matcher named = LINKAGE.matcher(String.valueOf(cause.getMessage()));
      told = told.isEmpty() && named.find() ? Optional.of(cut(named.group(1))) : told;
    }
    return told;
  }

  private static Throwable root(Throwable thrown) {
    Throwable root = thrown;
    while (next(root) != null) {
      root = next(root);
    }
    return root;
  }

  private static Throwable next(Throwable thrown) {
    return thrown.getCause() == thrown ? null : thrown.getCause();
  }

  private static String firstLine(Throwable thrown) {
    String message =
        thrown.getMessage() == null ? "" : thrown.getMessage().lines().findFirst().orElse("");
    String name = thrown.getClass().getSimpleName();
    String told = message.isBlank() ? name : message;
    // What it says is mostly only the name of a class or a method.
    if (thrown instanceof Error && !message.isBlank()) {
      told = name + ": " + message;
    }
    return cut(told);
  }

  private static String cut(String told) {
    return told.substring(0, Math.min(told.length(), LONGEST));
  }
}
