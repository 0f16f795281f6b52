package dev.emroperator.finance.api;

/** Shape of the names of inputs and analyses: they become folder names in the output. */
public final class Names {
  public static final String PATTERN = "^[a-z][a-z0-9-]*$";
  public static final int MAX_LENGTH = 40;

  private Names() {}
}
