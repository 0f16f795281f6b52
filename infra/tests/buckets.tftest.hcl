# Buckets that are made, and those that are there. Nothing of AWS is asked.

mock_provider "aws" {
  mock_data "aws_availability_zones" {
    defaults = { names = ["eu-west-1a", "eu-west-1b", "eu-west-1c"] }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { name = "eu-west-1" }
  }
}

variables {
  installation     = "prod"
  eks_cluster_name = "platform"
}

run "four_buckets_for_a_new_account" {
  command = plan

  assert {
    condition = output.buckets == {
      artifacts = "emr-operator-prod-123456789012-eu-west-1-artifacts"
      data      = "emr-operator-prod-123456789012-eu-west-1-data"
      logs      = "emr-operator-prod-123456789012-eu-west-1-logs"
      results   = "emr-operator-prod-123456789012-eu-west-1-results"
    }
    error_message = "Names hold account and region, so that nobody else has them."
  }
  assert {
    condition = alltrue([
      for block in aws_s3_bucket_public_access_block.this :
      block.block_public_acls && block.block_public_policy && block.ignore_public_acls && block.restrict_public_buckets
    ]) && length(aws_s3_bucket_public_access_block.this) == 4
    error_message = "No bucket is public."
  }
  assert {
    condition = alltrue([
      for encryption in aws_s3_bucket_server_side_encryption_configuration.this :
      one(one(encryption.rule).apply_server_side_encryption_by_default).sse_algorithm == "AES256"
    ]) && length(aws_s3_bucket_server_side_encryption_configuration.this) == 4
    error_message = "Every bucket is encrypted."
  }
  assert {
    condition = alltrue([
      for policy in aws_s3_bucket_policy.encrypted_transport :
      jsondecode(policy.policy).Statement[0].Condition.Bool["aws:SecureTransport"] == "false"
    ]) && length(aws_s3_bucket_policy.encrypted_transport) == 4
    error_message = "No bucket is spoken to without TLS."
  }
  assert {
    condition = alltrue([
      for lifecycle in aws_s3_bucket_lifecycle_configuration.this :
      anytrue([for rule in lifecycle.rule : one(rule.abort_incomplete_multipart_upload[*].days_after_initiation) == 3])
    ]) && length(aws_s3_bucket_lifecycle_configuration.this) == 4
    error_message = "Parts of uploads that broke off are not paid for."
  }
  assert {
    condition     = [for rule in aws_s3_bucket_lifecycle_configuration.this["logs"].rule : one(rule.expiration[*].days) if length(rule.expiration) > 0] == [90]
    error_message = "Logs go after 90 days."
  }
  assert {
    condition     = alltrue([for role in ["artifacts", "data", "results"] : length(aws_s3_bucket_lifecycle_configuration.this[role].rule) == 1])
    error_message = "Nothing else expires: a retry reads its plan again, and the operator does not look twice whether the job is there."
  }
  assert {
    condition     = length(aws_s3_bucket_versioning.this) == 0
    error_message = "No versions of progress are kept and paid for."
  }
}

run "versions_where_they_are_wanted" {
  command = plan

  variables {
    versioning  = true
    kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/one"
  }

  assert {
    condition     = keys(aws_s3_bucket_versioning.this) == ["data", "results"]
    error_message = "Artifacts and logs are never overwritten."
  }
  assert {
    condition = anytrue([
      for rule in aws_s3_bucket_lifecycle_configuration.this["results"].rule : one(rule.noncurrent_version_expiration[*].noncurrent_days) == 30
    ])
    error_message = "Old versions go."
  }
  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.this["results"].rule).apply_server_side_encryption_by_default).kms_master_key_id == var.kms_key_arn
    error_message = "The named key encrypts."
  }
  assert {
    condition = alltrue([
      for policy in [output.operator_policy, output.instance_policy] :
      length([for statement in jsondecode(policy).Statement : statement if statement.Resource == var.kms_key_arn]) == 1
    ])
    error_message = "Operator and machines may use the key."
  }
}

run "data_that_is_there" {
  command = plan

  variables {
    inputs  = ["s3://market-data/us/", "s3://reference/"]
    outputs = ["s3://research/equities/"]
  }

  assert {
    condition     = keys(output.buckets) == ["artifacts", "logs"]
    error_message = "Nothing is made for what is there."
  }
  assert {
    condition = toset(flatten([for statement in jsondecode(output.instance_policy).Statement : statement.Resource if contains(flatten([statement.Action]), "s3:PutObject")])) == toset([
      "arn:aws:s3:::research/equities/*", "arn:aws:s3:::emr-operator-prod-123456789012-eu-west-1-logs/*",
    ])
    error_message = "Machines write results and logs, and nothing else."
  }
  assert {
    condition     = [for statement in jsondecode(output.instance_policy).Statement : statement.Condition.StringLike["s3:prefix"] if statement.Sid == "ListInputs0"] == ["us/*"]
    error_message = "Machines list below the prefix only."
  }
  assert {
    condition     = [for statement in jsondecode(output.operator_policy).Statement : statement.Resource if statement.Sid == "MovePointers"] == [["arn:aws:s3:::research/equities/*/_current.json"]]
    error_message = "The operator writes pointers among the results, and nothing else."
  }
}

run "a_prefix_with_wildcards_is_refused" {
  command = plan

  variables {
    inputs = ["s3://market-data/*/"]
  }

  expect_failures = [var.inputs]
}
