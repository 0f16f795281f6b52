# A VPC of its own, and one that is there. Nothing of AWS is asked.

mock_provider "aws" {
  mock_data "aws_availability_zones" {
    defaults = { names = ["eu-west-1c", "eu-west-1a", "eu-west-1b", "eu-west-1d"] }
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
  mock_data "aws_vpc" {
    defaults = {
      cidr_block_associations = [
        { association_id = "one", cidr_block = "10.0.0.0/16", state = "associated" },
        { association_id = "two", cidr_block = "100.64.0.0/16", state = "associated" },
        { association_id = "three", cidr_block = "10.1.0.0/16", state = "disassociated" },
      ]
    }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/any" }
  }
  mock_resource "aws_vpc_endpoint" {
    defaults = { policy = "as AWS has it" }
  }
}

variables {
  installation     = "prod"
  eks_cluster_name = "platform"
}

run "three_private_subnets" {
  command = plan

  assert {
    condition     = keys(aws_subnet.private) == ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
    error_message = "A subnet in each of three zones."
  }
  assert {
    condition     = alltrue([for subnet in aws_subnet.private : !coalesce(subnet.map_public_ip_on_launch, false)])
    error_message = "No machine of a cluster has a public address."
  }
  assert {
    condition     = length(distinct([for subnet in aws_subnet.private : subnet.cidr_block])) == 3
    error_message = "The subnets do not overlap."
  }
  assert {
    condition = alltrue([
      for tags in concat([aws_vpc.this[0].tags], [for subnet in aws_subnet.private : subnet.tags], [for group in aws_security_group.emr : group.tags]) :
      tags["for-use-with-amazon-emr-managed-policies"] == "true"
    ])
    error_message = "What EMR's managed policy works on must bear its tag."
  }
  assert {
    condition     = aws_vpc_endpoint.s3[0].vpc_endpoint_type == "Gateway"
    error_message = "S3 is reached without the internet, and without cost."
  }
  assert {
    condition = [for statement in jsondecode(aws_vpc_endpoint.s3[0].policy).Statement : statement.Sid if !can(statement.Condition)] == [
      "Packages", "SystemLogs", "HistoryOfApplications"
    ]
    error_message = "Others' credentials reach EMR's and Amazon Linux's own buckets, and carry no data elsewhere."
  }
  # https://docs.aws.amazon.com/emr/latest/ManagementGuide/private-subnet-iampolicy.html
  assert {
    condition = length(setsubtract([for bucket in [
      "amazonlinux.eu-west-1.amazonaws.com", "amazonlinux-2-repos-eu-west-1", "al2023-repos-eu-west-1-de612dc2", "repo.eu-west-1.emr.amazonaws.com",
      "aws157-instance-data-0-prod-eu-west-1", "aws157-instance-data-1-prod-eu-west-1", "aws157-logs-prod-eu-west-1", "prod.eu-west-1.appinfo.src",
    ] : "arn:aws:s3:::${bucket}/*"], flatten(jsondecode(aws_vpc_endpoint.s3[0].policy).Statement[*].Resource))) == 0
    error_message = "A cluster in a private subnet needs these buckets."
  }
  assert {
    condition     = !anytrue([for statement in jsondecode(aws_vpc_endpoint.s3[0].policy).Statement : anytrue([for arn in flatten([statement.Resource]) : strcontains(trimsuffix(arn, "/*"), "*")]) if !can(statement.Condition)])
    error_message = "Bucket names are anybody's to take: each that others' credentials reach is named whole."
  }
  assert {
    condition     = keys(aws_vpc_endpoint.interface) == ["elasticmapreduce", "sts"]
    error_message = "The operator calls EMR and, with IRSA, STS."
  }
  assert {
    condition     = [for rule in aws_security_group.endpoints[0].ingress : rule.to_port if contains(coalesce(rule.cidr_blocks, []), "10.64.0.0/16")] == [443]
    error_message = "Who is in the VPC may use the endpoints."
  }
}

run "a_region_with_two_zones" {
  command = plan

  override_data {
    target = data.aws_availability_zones.this[0]
    values = { names = ["us-west-1c", "us-west-1a"] }
  }

  assert {
    condition     = keys(aws_subnet.private) == ["us-west-1a", "us-west-1c"]
    error_message = "A subnet in each zone that there is."
  }
}

run "the_region_whose_logs_bear_no_region" {
  command = plan

  override_data {
    target = data.aws_region.this
    values = { name = "us-east-1" }
  }

  assert {
    condition     = contains(jsondecode(aws_vpc_endpoint.s3[0].policy).Statement[*].Resource, "arn:aws:s3:::aws157-logs-prod/*")
    error_message = "EMR's system logs of us-east-1 lie in a bucket without its name."
  }
}

run "the_region_whose_instance_data_is_named_otherwise" {
  command = plan

  override_data {
    target = data.aws_region.this
    values = { name = "ap-southeast-2" }
  }

  assert {
    condition = [for arn in jsondecode(aws_vpc_endpoint.s3[0].policy).Statement[1].Resource : arn if strcontains(arn, "aws157")] == [
      "arn:aws:s3:::aws157-instance-data-bucket-0-prod-ap-southeast-2/*", "arn:aws:s3:::aws157-instance-data-bucket-1-prod-ap-southeast-2/*"
    ]
    error_message = "EMR names its buckets so in Sydney."
  }
}

run "no_door_is_open_to_the_world" {
  command = plan

  assert {
    condition = alltrue([
      for rule in concat(
        values(aws_vpc_security_group_ingress_rule.within), values(aws_vpc_security_group_ingress_rule.service),
        [aws_vpc_security_group_ingress_rule.answers],
      ) : rule.cidr_ipv4 == null && rule.cidr_ipv6 == null
    ])
    error_message = "Only groups may enter clusters, no addresses."
  }
  assert {
    condition = alltrue([
      for described in concat(
        values(aws_security_group.emr), aws_security_group.endpoints,
        values(aws_vpc_security_group_ingress_rule.within), values(aws_vpc_security_group_egress_rule.within),
        values(aws_vpc_security_group_ingress_rule.service), values(aws_vpc_security_group_egress_rule.service),
        [for rule in aws_security_group.endpoints[0].ingress : rule],
        values(aws_vpc_security_group_egress_rule.endpoints), values(aws_vpc_security_group_egress_rule.s3),
        [aws_vpc_security_group_ingress_rule.answers, aws_vpc_security_group_egress_rule.answers],
      ) : can(regex("^[A-Za-z0-9 ._:/()#,@\\[\\]+=&;{}!$*-]{1,255}$", described.description))
    ])
    error_message = "EC2 takes some characters only."
  }
  assert {
    condition     = alltrue([for group in aws_security_group.emr : group.revoke_rules_on_delete])
    error_message = "Groups that name each other can be deleted only without their rules."
  }
}

run "a_vpc_that_is_there" {
  command = plan

  variables {
    vpc = { id = "vpc-1", subnet_ids = ["subnet-1", "subnet-2"], route_table_ids = ["rtb-1"] }
  }

  assert {
    condition     = length(aws_vpc.this) == 0 && length(aws_subnet.private) == 0
    error_message = "Nothing is made that is there."
  }
  assert {
    condition     = aws_ec2_tag.subnet[*].resource_id == ["subnet-1", "subnet-2"]
    error_message = "Its subnets need EMR's tag."
  }
  assert {
    condition     = join(",", output.subnet_ids) == "subnet-1,subnet-2"
    error_message = "Clusters go into its subnets."
  }
  assert {
    condition     = aws_vpc_endpoint.s3[0].vpc_id == "vpc-1" && aws_vpc_endpoint.s3[0].route_table_ids == toset(["rtb-1"])
    error_message = "Its route tables get S3's endpoint."
  }
  assert {
    condition     = flatten([for rule in aws_security_group.endpoints[0].ingress : coalesce(rule.cidr_blocks, [])]) == ["10.0.0.0/16", "100.64.0.0/16"]
    error_message = "Private names lead everybody in the VPC to the endpoints, so everybody there may enter."
  }
}

run "others_on_its_route_tables_reach_what_they_did" {
  variables {
    vpc = { id = "vpc-1", subnet_ids = ["subnet-1"], route_table_ids = ["rtb-1"] }
  }

  assert {
    condition     = aws_vpc_endpoint.s3[0].policy == "as AWS has it"
    error_message = "No policy of ours bounds S3 for those who share the route tables."
  }
}

run "a_vpc_that_the_same_root_makes" {
  command = plan

  module {
    source = "./tests/beside-a-vpc"
  }

  assert {
    condition     = length(output.subnet_ids) == 2
    error_message = "How many subnets there are is known before their ids."
  }
}

run "a_vpc_where_some_may_use_the_endpoints" {
  command = plan

  variables {
    vpc                   = { id = "vpc-1", subnet_ids = ["subnet-1"] }
    endpoint_client_cidrs = ["10.0.7.0/24"]
  }

  assert {
    condition     = flatten([for rule in aws_security_group.endpoints[0].ingress : coalesce(rule.cidr_blocks, [])]) == ["10.0.7.0/24"]
    error_message = "Those who are named, and nobody else."
  }
}

run "a_vpc_that_has_all_endpoints" {
  command = plan

  variables {
    vpc                 = { id = "vpc-1", subnet_ids = ["subnet-1"] }
    interface_endpoints = []
  }

  assert {
    condition     = length(aws_vpc_endpoint.s3) == 0 && length(aws_vpc_endpoint.interface) == 0 && length(aws_security_group.endpoints) == 0
    error_message = "No endpoint is made twice."
  }
}
