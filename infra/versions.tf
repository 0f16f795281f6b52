terraform {
  required_version = ">= 1.7"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

data "aws_caller_identity" "this" {}
data "aws_partition" "this" {}
data "aws_region" "this" {}

locals {
  account   = data.aws_caller_identity.this.account_id
  partition = data.aws_partition.this.partition
  region    = data.aws_region.this.name
  name      = coalesce(var.name, "emr-operator-${var.installation}")

  # EMR's managed policy for the service role works on what bears this tag, and on nothing else.
  emr_tag = { "for-use-with-amazon-emr-managed-policies" = "true" }
  # As the operator writes it on every cluster that it asks for.
  installation_tag = "finance.emr-operator.dev/installation"
}
