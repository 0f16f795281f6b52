# An account's first environment: a network, buckets and roles of its own. Copy it, and write terraform.tfvars.

terraform {
  required_version = ">= 1.7"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
  # Keep the state where the team finds it:
  # backend "s3" { bucket = "…", key = "emr-operator.tfstate", region = "…", use_lockfile = true }
}

provider "aws" {
  region = var.region
}

module "emr_operator" {
  source = "../"

  installation         = var.installation
  tags                 = { project = "emr-operator" }
  oidc_provider_arn    = var.oidc_provider_arn
  eks_cluster_name     = var.eks_cluster_name
  service_linked_roles = var.service_linked_roles
  force_destroy        = var.force_destroy

  namespaces       = ["research"]
  maximum_capacity = 32
  maximum_runs     = 5
  allowed_tags     = ["team"]
}

variable "region" {
  description = "Where all of it is."
  type        = string
}

variable "installation" {
  description = "Name of the operator's installation."
  type        = string
  default     = "prod"
}

variable "oidc_provider_arn" {
  description = "IRSA: aws iam list-open-id-connect-providers."
  type        = string
  default     = null
}

variable "eks_cluster_name" {
  description = "EKS Pod Identity: aws eks list-clusters."
  type        = string
  default     = null
}

variable "service_linked_roles" {
  description = "elasticmapreduce.amazonaws.com in an account that has never seen EMR, spot.amazonaws.com in one that has never seen spot machines."
  type        = set(string)
  default     = []
}

variable "force_destroy" {
  description = "True for a trial: terraform destroy then removes data and results, too."
  type        = bool
  default     = false
}

output "chart_values" {
  description = "terraform output -raw chart_values > aws-values.yaml"
  value       = module.emr_operator.chart_values
}

output "buckets" {
  description = "Where data goes, and results, logs and artifacts lie."
  value       = module.emr_operator.buckets
}

output "operator_role_arn" {
  description = "The operator's role."
  value       = module.emr_operator.operator_role_arn
}
