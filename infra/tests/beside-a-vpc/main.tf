# A root that makes a VPC and uses the module on it: no id is known until it is applied.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

resource "terraform_data" "vpc" {}

resource "terraform_data" "subnet" {
  count = 2
}

resource "terraform_data" "route_table" {}

module "emr_operator" {
  source = "../.."

  installation     = "prod"
  eks_cluster_name = "platform"
  vpc = {
    id              = terraform_data.vpc.id
    subnet_ids      = terraform_data.subnet[*].id
    route_table_ids = [terraform_data.route_table.id]
  }
}

output "subnet_ids" {
  description = "Where clusters go."
  value       = module.emr_operator.subnet_ids
}
