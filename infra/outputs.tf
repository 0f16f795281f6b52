locals {
  fleets = {
    for fleet, types in var.instance_types : fleet => [for type, weight in types : { type = type, weight = weight }]
  }
  environment = merge(
    {
      region                     = local.region
      serviceRole                = aws_iam_role.service.name
      instanceProfile            = aws_iam_instance_profile.instance.name
      subnets                    = local.subnet_ids
      masterSecurityGroup        = aws_security_group.emr["master"].id
      workerSecurityGroup        = aws_security_group.emr["worker"].id
      serviceAccessSecurityGroup = aws_security_group.emr["service"].id
      artifacts                  = local.artifacts
      logs                       = local.logs
      instanceTypes              = local.fleets
      fence = merge(
        {
          namespaces      = var.namespaces
          inputs          = local.inputs
          outputs         = local.outputs
          maximumCapacity = var.maximum_capacity
        },
        var.maximum_runs == null ? {} : { maximumRuns = var.maximum_runs },
      )
      tags        = var.tags
      allowedTags = var.allowed_tags
    },
    var.security_configuration == null ? {} : { securityConfiguration = var.security_configuration },
  )
}

output "chart_values" {
  description = "Values of the chart: terraform output -raw chart_values > aws-values.yaml"
  value = yamlencode(merge(
    { config = { installation = var.installation, environments = { (var.environment) = local.environment } } },
    var.oidc_provider_arn == null ? {} : {
      serviceAccount = { annotations = { "eks.amazonaws.com/role-arn" = aws_iam_role.operator.arn } }
    },
  ))
  # Whoever installs the chart with them finds the rights in place.
  depends_on = [aws_iam_role_policy.operator, aws_iam_role_policy.service, aws_iam_role_policy_attachment.service, aws_iam_role_policy.instance]
}

output "operator_role_arn" {
  description = "The operator's role."
  value       = aws_iam_role.operator.arn
}

output "operator_policy" {
  description = "What the operator may do, as IAM has it."
  value       = aws_iam_role_policy.operator.policy
}

output "instance_policy" {
  description = "What the machines of clusters may do, as IAM has it."
  value       = aws_iam_role_policy.instance.policy
}

output "buckets" {
  description = "Buckets that were made, by what they are for: artifacts, logs, data, results."
  value       = { for role, bucket in aws_s3_bucket.this : role => bucket.bucket }
}

output "subnet_ids" {
  description = "Private subnets of the clusters."
  value       = local.subnet_ids
}

output "security_group_ids" {
  description = "Groups of clusters: master, worker, service."
  value       = { for role, group in aws_security_group.emr : role => group.id }
}
