# Who the operator is. tests/roles.tftest.hcl holds this policy to tests/golden/operator-policy.json, and a test compares that with the
# calls of a real operator: what is granted is called, or has its reason in tests/golden/reviewed.txt.

locals {
  role_arn          = "arn:${local.partition}:iam::${local.account}:role/"
  service_role_arn  = "${local.role_arn}${local.name}-service"
  instance_role_arn = "${local.role_arn}${local.name}-instance"
  clusters          = "arn:${local.partition}:elasticmapreduce:${local.region}:${local.account}:cluster/*"
  tagged_request = {
    "aws:RequestTag/${local.installation_tag}" = var.installation
  }
  own_cluster = {
    "elasticmapreduce:ResourceTag/${local.installation_tag}" = var.installation
  }
  policies_of_clusters = ["elasticmapreduce:PutAutoTerminationPolicy", "elasticmapreduce:PutManagedScalingPolicy"]

  operator_policy = concat(
    [
      {
        Sid       = "AskForOwnClusters"
        Effect    = "Allow"
        Action    = "elasticmapreduce:RunJobFlow"
        Resource  = "*"
        Condition = { StringEquals = merge(local.tagged_request, { "aws:RequestTag/${keys(local.emr_tag)[0]}" = "true" }) }
      },
      {
        # EMR asks for it with each request that bears tags. A cluster of another installation can't be taken over: its tag is there, and
        # differs. One without the tag can: docs/aws.md.
        Sid      = "TagNewClusters"
        Effect   = "Allow"
        Action   = "elasticmapreduce:AddTags"
        Resource = local.clusters
        Condition = {
          StringEquals         = local.tagged_request
          StringEqualsIfExists = local.own_cluster
        }
      },
      {
        # Assumed: that EMR asks for these with a request that bears the policies, and by the request's tags or the cluster's. No page says so.
        Sid       = "PoliciesOfNewClusters"
        Effect    = "Allow"
        Action    = local.policies_of_clusters
        Resource  = local.clusters
        Condition = { StringEquals = local.tagged_request }
      },
      {
        Sid       = "PoliciesOfOwnClusters"
        Effect    = "Allow"
        Action    = local.policies_of_clusters
        Resource  = local.clusters
        Condition = { StringEquals = local.own_cluster }
      },
      {
        Sid       = "SeeAndEndOwnClusters"
        Effect    = "Allow"
        Action    = ["elasticmapreduce:DescribeCluster", "elasticmapreduce:ListSteps", "elasticmapreduce:TerminateJobFlows"]
        Resource  = local.clusters
        Condition = { StringEquals = local.own_cluster }
      },
      {
        # EMR knows no resource for it.
        Sid       = "Sweep"
        Effect    = "Allow"
        Action    = "elasticmapreduce:ListClusters"
        Resource  = "*"
        Condition = { StringEquals = { "aws:RequestedRegion" = local.region } }
      },
      {
        Sid       = "PassServiceRole"
        Effect    = "Allow"
        Action    = "iam:PassRole"
        Resource  = local.service_role_arn
        Condition = { StringLike = { "iam:PassedToService" = "elasticmapreduce.amazonaws.com*" } }
      },
      {
        Sid       = "PassInstanceRole"
        Effect    = "Allow"
        Action    = "iam:PassRole"
        Resource  = local.instance_role_arn
        Condition = { StringLike = { "iam:PassedToService" = "ec2.amazonaws.com*" } }
      },
      {
        Sid       = "CleanupRoleOfEmr"
        Effect    = "Allow"
        Action    = "iam:CreateServiceLinkedRole"
        Resource  = "${local.role_arn}aws-service-role/elasticmapreduce.amazonaws.com*/AWSServiceRoleForEMRCleanup*"
        Condition = { StringLike = { "iam:AWSServiceName" = "elasticmapreduce.amazonaws.com*" } }
      },
      {
        Sid    = "JobAndPlans"
        Effect = "Allow"
        Action = ["s3:GetObject", "s3:PutObject"]
        Resource = [
          "${local.arn_of_bucket}${local.bucket_names.artifacts}/jobs/*",
          "${local.arn_of_bucket}${local.bucket_names.artifacts}/plans/${var.installation}/*",
        ]
      },
      {
        Sid      = "ReadInputsResultsAndLogs"
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = concat([for prefix in distinct(concat(local.inputs, local.outputs)) : local.objects_of[prefix]], ["${local.arn_of_bucket}${local.bucket_names.logs}/*"])
      },
      {
        Sid      = "MovePointers"
        Effect   = "Allow"
        Action   = "s3:PutObject"
        Resource = [for prefix in local.outputs : "${local.objects_of[prefix]}/_current.json"]
      },
      {
        # Without it S3 answers 403 where an object is absent.
        Sid      = "KnowWhatIsAbsent"
        Effect   = "Allow"
        Action   = "s3:ListBucket"
        Resource = [for role in ["artifacts", "logs"] : "${local.arn_of_bucket}${local.bucket_names[role]}"]
      },
    ],
    local.listing_of_inputs,
    local.listing_of_outputs,
    local.key_use,
  )

  issuer  = var.oidc_provider_arn == null ? "" : split("oidc-provider/", var.oidc_provider_arn)[1]
  subject = "system:serviceaccount:${var.service_account.namespace}:${var.service_account.name}"
  trust = concat(
    var.oidc_provider_arn == null ? [] : [{
      Sid       = "Irsa"
      Effect    = "Allow"
      Action    = ["sts:AssumeRoleWithWebIdentity"]
      Principal = { Federated = var.oidc_provider_arn }
      Condition = { StringEquals = { "${local.issuer}:sub" = local.subject, "${local.issuer}:aud" = "sts.amazonaws.com" } }
    }],
    var.eks_cluster_name == null ? [] : [{
      Sid       = "PodIdentity"
      Effect    = "Allow"
      Action    = ["sts:AssumeRole", "sts:TagSession"]
      Principal = { Service = "pods.eks.amazonaws.com" }
      Condition = {
        StringEquals = {
          "aws:SourceAccount"                         = local.account
          "aws:RequestTag/eks-cluster-name"           = var.eks_cluster_name
          "aws:RequestTag/kubernetes-namespace"       = var.service_account.namespace
          "aws:RequestTag/kubernetes-service-account" = var.service_account.name
        }
      }
    }],
  )
}

resource "aws_iam_role" "operator" {
  name                 = "${local.name}-operator"
  description          = "The operator: asks for clusters of installation ${var.installation}, sees and ends them"
  permissions_boundary = var.permissions_boundary
  assume_role_policy   = jsonencode({ Version = "2012-10-17", Statement = local.trust })
  tags                 = var.tags
  lifecycle {
    precondition {
      condition     = var.oidc_provider_arn != null || var.eks_cluster_name != null
      error_message = "Say who may be the operator: set oidc_provider_arn for IRSA, or eks_cluster_name for EKS Pod Identity."
    }
  }
}

resource "aws_iam_role_policy" "operator" {
  name   = "operator"
  role   = aws_iam_role.operator.id
  policy = jsonencode({ Version = "2012-10-17", Statement = local.operator_policy })
}

resource "aws_eks_pod_identity_association" "operator" {
  count           = var.eks_cluster_name == null ? 0 : 1
  cluster_name    = var.eks_cluster_name
  namespace       = var.service_account.namespace
  service_account = var.service_account.name
  role_arn        = aws_iam_role.operator.arn
  tags            = var.tags
}
