package dev.emroperator.finance.localcloud.gateway;

/** What a call is sent to. */
public enum Target {
  KUBERNETES,
  S3,
  EMR
}
