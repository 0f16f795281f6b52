locals {
  bucket_prefix = coalesce(var.bucket_prefix, "${local.name}-${local.account}-${local.region}")
  # Plans are read again by retries and the job by every cluster, so nothing of the artifacts ever expires.
  made = merge(
    { artifacts = { expire = null, versioned = false }, logs = { expire = var.log_days, versioned = false } },
    length(var.inputs) == 0 ? { data = { expire = null, versioned = var.versioning } } : {},
    length(var.outputs) == 0 ? { results = { expire = null, versioned = var.versioning } } : {},
  )
  bucket_names = { for role in keys(local.made) : role => "${local.bucket_prefix}-${role}" }

  artifacts = "s3://${local.bucket_names.artifacts}/"
  logs      = "s3://${local.bucket_names.logs}/"
  inputs    = length(var.inputs) == 0 ? ["s3://${local.bucket_names.data}/"] : var.inputs
  outputs   = length(var.outputs) == 0 ? ["s3://${local.bucket_names.results}/"] : var.outputs
}

resource "aws_s3_bucket" "this" {
  #checkov:skip=CKV_AWS_144:prices and results can be had again; a copy in a second region is the owner's choice
  #checkov:skip=CKV_AWS_18:access logs need a bucket of the landing zone; CloudTrail's data events serve as well
  #checkov:skip=CKV_AWS_21:a result lies in a folder of its run and is written once; what is overwritten all the time is progress, and each version would be paid for. versioning = true where it is wanted
  #checkov:skip=CKV_AWS_145:S3's own key encrypts unless kms_key_arn names another
  #checkov:skip=CKV2_AWS_62:nothing here waits for notifications
  for_each      = local.bucket_names
  bucket        = each.value
  force_destroy = var.force_destroy
  tags          = merge(var.tags, { Name = each.value })
}

resource "aws_s3_bucket_public_access_block" "this" {
  for_each                = aws_s3_bucket.this
  bucket                  = each.value.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "this" {
  for_each = aws_s3_bucket.this
  bucket   = each.value.id
  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  for_each = aws_s3_bucket.this
  bucket   = each.value.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = var.kms_key_arn == null ? "AES256" : "aws:kms"
      kms_master_key_id = var.kms_key_arn
    }
    bucket_key_enabled = var.kms_key_arn != null
  }
}

resource "aws_s3_bucket_versioning" "this" {
  for_each = { for role, bucket in local.made : role => bucket if bucket.versioned }
  bucket   = aws_s3_bucket.this[each.key].id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "this" {
  #checkov:skip=CKV_AWS_300:the first rule does so; the check stumbles over the rules that are not in every bucket
  for_each = local.made
  bucket   = aws_s3_bucket.this[each.key].id

  # A node that is taken back leaves parts that no listing shows and that are paid for.
  rule {
    id     = "parts-of-uploads-that-broke-off"
    status = "Enabled"
    filter {}
    abort_incomplete_multipart_upload {
      days_after_initiation = 3
    }
  }

  dynamic "rule" {
    for_each = each.value.expire == null ? [] : [each.value.expire]
    content {
      id     = "old-logs"
      status = "Enabled"
      filter {}
      expiration {
        days = rule.value
      }
    }
  }

  dynamic "rule" {
    for_each = each.value.versioned ? [30] : []
    content {
      id     = "old-versions"
      status = "Enabled"
      filter {}
      noncurrent_version_expiration {
        noncurrent_days = rule.value
      }
    }
  }

  depends_on = [aws_s3_bucket_versioning.this]
}

resource "aws_s3_bucket_policy" "encrypted_transport" {
  for_each = aws_s3_bucket.this
  bucket   = each.value.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "EncryptedTransportOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource = [
        "arn:${local.partition}:s3:::${local.bucket_names[each.key]}",
        "arn:${local.partition}:s3:::${local.bucket_names[each.key]}/*",
      ]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
  depends_on = [aws_s3_bucket_public_access_block.this]
}
