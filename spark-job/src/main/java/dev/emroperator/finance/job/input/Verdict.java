package dev.emroperator.finance.job.input;

import dev.emroperator.finance.api.Reason;

/** What a file is good for, known before any file is scanned. */
enum Verdict {
  OK("ok"),
  /** Read, though a column is of another type than it has in a result. */
  CAST("cast"),
  /** Without a row. */
  EMPTY("empty"),
  /** Without a row of a day that is wanted. */
  OUT_OF_RANGE("outOfRange"),
  CORRUPT("corrupt"),
  MISSING_COLUMN("missingColumn"),
  /** With a column of a type that can't mean what is wanted of it, or that can't be read. */
  WRONG_TYPE("wrongType");

  private final String word;

  Verdict(String word) {
    this.word = word;
  }

  /** As the manifest says it. */
  String word() {
    return word;
  }

  boolean isBad() {
    return this == CORRUPT || this == MISSING_COLUMN || this == WRONG_TYPE;
  }

  /** Whether a person wants to know which file it is. */
  boolean isNamed() {
    return this != OK && this != OUT_OF_RANGE;
  }

  /** The kind of the failure that a bad file is. */
  Reason failure() {
    return switch (this) {
      case MISSING_COLUMN -> Reason.MISSING_COLUMN;
      case WRONG_TYPE -> Reason.BAD_VALUE;
      default -> Reason.CORRUPT_FILE;
    };
  }
}
