# Who EMR is while it makes and ends machines (the service role), and who the machines are (the instance profile).

locals {
  arn_of_bucket = "arn:${local.partition}:s3:::"
  # For each prefix: its bucket, and the key below which objects lie.
  places = {
    for prefix in distinct(concat(local.inputs, local.outputs)) : prefix => {
      bucket = split("/", trimprefix(prefix, "s3://"))[0]
      key    = join("/", slice(split("/", trimprefix(prefix, "s3://")), 1, length(split("/", trimprefix(prefix, "s3://")))))
    }
  }
  objects_of = { for prefix, place in local.places : prefix => "${local.arn_of_bucket}${place.bucket}/${place.key}*" }

  # Lists below the prefixes only; a whole bucket needs no condition. Where an object may be absent, S3 tells so only those who may list,
  # and asks that without a prefix: hence IfExists for outputs.
  listing_of_inputs = [for prefix in local.inputs : merge(
    {
      Sid      = "ListInputs${index(local.inputs, prefix)}"
      Effect   = "Allow"
      Action   = "s3:ListBucket"
      Resource = "${local.arn_of_bucket}${local.places[prefix].bucket}"
    },
    { for operator in ["StringLike"] : "Condition" => { (operator) = { "s3:prefix" = "${local.places[prefix].key}*" } } if local.places[prefix].key != "" },
  )]
  listing_of_outputs = [for prefix in local.outputs : merge(
    {
      Sid      = "ListOutputs${index(local.outputs, prefix)}"
      Effect   = "Allow"
      Action   = "s3:ListBucket"
      Resource = "${local.arn_of_bucket}${local.places[prefix].bucket}"
    },
    { for operator in ["StringLikeIfExists"] : "Condition" => { (operator) = { "s3:prefix" = "${local.places[prefix].key}*" } } if local.places[prefix].key != "" },
  )]
  key_use = var.kms_key_arn == null ? [] : [{
    Sid       = "UseKeyByS3"
    Effect    = "Allow"
    Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
    Resource  = var.kms_key_arn
    Condition = { StringLike = { "kms:ViaService" = "s3.*.amazonaws.com" } }
  }]

  instance_policy = concat(
    [
      {
        Sid      = "ReadInputs"
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = [for prefix in local.inputs : local.objects_of[prefix]]
      },
      {
        Sid      = "ReadJobAndPlans"
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "${local.arn_of_bucket}${local.bucket_names.artifacts}/*"
      },
      {
        Sid      = "Results"
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"]
        Resource = [for prefix in local.outputs : local.objects_of[prefix]]
      },
      {
        Sid      = "WriteLogs"
        Effect   = "Allow"
        Action   = "s3:PutObject"
        Resource = "${local.arn_of_bucket}${local.bucket_names.logs}/*"
      },
    ],
    local.listing_of_inputs,
    local.listing_of_outputs,
    local.key_use,
  )
}

resource "aws_iam_role" "service" {
  name                 = "${local.name}-service"
  description          = "Amazon EMR while it makes and ends the machines of clusters"
  permissions_boundary = var.permissions_boundary
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "elasticmapreduce.amazonaws.com" }
      # No other account can have EMR act here in its name.
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.account }
        ArnLike      = { "aws:SourceArn" = "arn:${local.partition}:elasticmapreduce:${local.region}:${local.account}:*" }
      }
    }]
  })
  tags = var.tags
}

resource "aws_iam_role_policy_attachment" "service" {
  role       = aws_iam_role.service.name
  policy_arn = "arn:${local.partition}:iam::aws:policy/service-role/AmazonEMRServicePolicy_v2"
}

# The managed policy lets EMR hand out EMR_EC2_DefaultRole only.
resource "aws_iam_role_policy" "service" {
  name = "pass-instance-role"
  role = aws_iam_role.service.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "iam:PassRole"
      Resource  = local.instance_role_arn
      Condition = { StringLike = { "iam:PassedToService" = "ec2.amazonaws.com*" } }
    }]
  })
}

resource "aws_iam_role" "instance" {
  # EMR takes a profile by the name of its role, so both have one.
  name                 = "${local.name}-instance"
  description          = "Machines of EMR clusters: what the fence allows"
  permissions_boundary = var.permissions_boundary
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ec2.amazonaws.com" }
    }]
  })
  tags = var.tags
}

resource "aws_iam_role_policy" "instance" {
  name   = "fence"
  role   = aws_iam_role.instance.id
  policy = jsonencode({ Version = "2012-10-17", Statement = local.instance_policy })
}

resource "aws_iam_instance_profile" "instance" {
  name = aws_iam_role.instance.name
  role = aws_iam_role.instance.name
  tags = var.tags
}

resource "aws_iam_service_linked_role" "this" {
  for_each         = var.service_linked_roles
  aws_service_name = each.value
  tags             = var.tags
}
