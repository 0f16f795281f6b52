# Who may be whom, and the policies and values as files that other tests read. Nothing of AWS is asked.

mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { name = "eu-west-1" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/emr-operator-local-operator" }
  }
  mock_resource "aws_security_group" {
    defaults = { id = "sg-0123456789abcdef0" }
  }
}

variables {
  installation      = "local"
  bucket_prefix     = "emr"
  vpc               = { id = "vpc-1", subnet_ids = ["subnet-1", "subnet-2", "subnet-3"] }
  inputs            = ["s3://market-data/"]
  outputs           = ["s3://research/"]
  namespaces        = ["research"]
  tags              = { cost-centre = "4711" }
  allowed_tags      = ["team"]
  oidc_provider_arn = "arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE"
}

run "as_the_golden_files" {
  # Their tests: whether chart and operator take the values, and whether the operator calls what its policy grants.
  assert {
    condition     = yamldecode(output.chart_values) == yamldecode(file("tests/golden/values.yaml"))
    error_message = "The values differ from tests/golden/values.yaml. If that is meant, write them there:\n${output.chart_values}"
  }
  assert {
    condition     = jsondecode(output.operator_policy) == jsondecode(file("tests/golden/operator-policy.json"))
    error_message = "The policy differs from tests/golden/operator-policy.json. If that is meant, write it there:\n${output.operator_policy}"
  }
  assert {
    condition     = jsondecode(output.instance_policy) == jsondecode(file("tests/golden/instance-policy.json"))
    error_message = "The policy differs from tests/golden/instance-policy.json. If that is meant, write it there:\n${output.instance_policy}"
  }
}

run "irsa_names_one_service_account" {
  command = plan

  assert {
    condition = jsondecode(aws_iam_role.operator.assume_role_policy).Statement == [{
      Sid       = "Irsa"
      Effect    = "Allow"
      Action    = ["sts:AssumeRoleWithWebIdentity"]
      Principal = { Federated = var.oidc_provider_arn }
      Condition = {
        StringEquals = {
          "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE:aud" = "sts.amazonaws.com"
          "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE:sub" = "system:serviceaccount:emr-operator:emr-operator"
        }
      }
    }]
    error_message = "Only the chart's service account may be the operator."
  }
  assert {
    condition     = length(aws_eks_pod_identity_association.operator) == 0
    error_message = "One way is enough."
  }
}

run "pod_identity_names_one_service_account" {
  command = plan

  variables {
    oidc_provider_arn = null
    eks_cluster_name  = "platform"
    service_account   = { namespace = "spark", name = "finance" }
  }

  assert {
    condition = one(jsondecode(aws_iam_role.operator.assume_role_policy).Statement).Condition.StringEquals == {
      "aws:SourceAccount"                         = "123456789012"
      "aws:RequestTag/eks-cluster-name"           = "platform"
      "aws:RequestTag/kubernetes-namespace"       = "spark"
      "aws:RequestTag/kubernetes-service-account" = "finance"
    }
    error_message = "Only the chart's service account in this cluster may be the operator."
  }
  assert {
    condition     = aws_eks_pod_identity_association.operator[0].namespace == "spark" && aws_eks_pod_identity_association.operator[0].service_account == "finance"
    error_message = "The association names the service account."
  }
}

run "nobody_as_the_operator_is_refused" {
  command = plan

  variables {
    oidc_provider_arn = null
  }

  expect_failures = [aws_iam_role.operator]
}

run "only_emr_for_this_account_is_the_service" {
  command = plan

  assert {
    condition     = one(jsondecode(aws_iam_role.service.assume_role_policy).Statement).Condition.StringEquals["aws:SourceAccount"] == "123456789012"
    error_message = "EMR acts in nobody else's name."
  }
  assert {
    condition     = one(jsondecode(aws_iam_role_policy.service.policy).Statement).Resource == "arn:aws:iam::123456789012:role/emr-operator-local-instance"
    error_message = "It hands out the instance role alone."
  }
  assert {
    condition     = aws_iam_instance_profile.instance.name == aws_iam_role.instance.name
    error_message = "EMR takes a profile by the name of its role."
  }
  assert {
    condition     = length(aws_iam_service_linked_role.this) == 0
    error_message = "They exist once in an account, and most accounts have them."
  }
}

run "an_account_that_has_used_emr_but_never_spot" {
  command = plan

  variables {
    service_linked_roles = ["spot.amazonaws.com"]
  }

  assert {
    condition     = [for role in aws_iam_service_linked_role.this : role.aws_service_name] == ["spot.amazonaws.com"]
    error_message = "The role that is there is not made again."
  }
}

run "a_role_of_another_service_is_refused" {
  command = plan

  variables {
    service_linked_roles = ["spot.amazonaws.com", "ecs.amazonaws.com"]
  }

  expect_failures = [var.service_linked_roles]
}

run "a_wrong_installation_is_refused" {
  command = plan

  variables {
    installation = "Prod"
  }

  expect_failures = [var.installation]
}
