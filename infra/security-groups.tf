# Descriptions hold what EC2 takes: no apostrophe among it. EMR adds the rules that it misses by itself; they are no part of this state, so they never show as a difference.
locals {
  groups = {
    master  = "master of EMR clusters"
    worker  = "core and task nodes of EMR clusters"
    service = "way of EMR itself to clusters in private subnets"
  }
  cluster_groups = toset(["master", "worker"])
  pairs          = { for pair in setproduct(local.cluster_groups, local.cluster_groups) : join("-", pair) => pair }
}

resource "aws_security_group" "emr" {
  #checkov:skip=CKV2_AWS_5:EMR attaches them to the machines of its clusters
  for_each    = local.groups
  name        = "${local.name}-${each.key}"
  description = each.value
  vpc_id      = local.vpc_id
  # The groups name each other, and EMR has added rules: without this none of them could be deleted.
  revoke_rules_on_delete = true
  tags                   = merge(var.tags, local.emr_tag, { Name = "${local.name}-${each.key}" })
}

resource "aws_vpc_security_group_ingress_rule" "within" {
  for_each                     = local.pairs
  description                  = "Hadoop and Spark, from ${each.value[1]}"
  security_group_id            = aws_security_group.emr[each.value[0]].id
  referenced_security_group_id = aws_security_group.emr[each.value[1]].id
  ip_protocol                  = "-1"
}

resource "aws_vpc_security_group_egress_rule" "within" {
  for_each                     = local.pairs
  description                  = "Hadoop and Spark, to ${each.value[1]}"
  security_group_id            = aws_security_group.emr[each.value[0]].id
  referenced_security_group_id = aws_security_group.emr[each.value[1]].id
  ip_protocol                  = "-1"
}

data "aws_ec2_managed_prefix_list" "s3" {
  name = "com.amazonaws.${local.region}.s3"
}

resource "aws_vpc_security_group_egress_rule" "s3" {
  for_each          = local.cluster_groups
  description       = "S3 by its gateway endpoint"
  security_group_id = aws_security_group.emr[each.key].id
  prefix_list_id    = data.aws_ec2_managed_prefix_list.s3.id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_security_group_ingress_rule" "service" {
  for_each                     = local.cluster_groups
  description                  = "The EMR service manages the node"
  security_group_id            = aws_security_group.emr[each.key].id
  referenced_security_group_id = aws_security_group.emr["service"].id
  ip_protocol                  = "tcp"
  from_port                    = 8443
  to_port                      = 8443
}

resource "aws_vpc_security_group_egress_rule" "service" {
  for_each                     = local.cluster_groups
  description                  = "The EMR service manages nodes of ${each.key}"
  security_group_id            = aws_security_group.emr["service"].id
  referenced_security_group_id = aws_security_group.emr[each.key].id
  ip_protocol                  = "tcp"
  from_port                    = 8443
  to_port                      = 8443
}

resource "aws_vpc_security_group_ingress_rule" "answers" {
  description                  = "The master answers the EMR service"
  security_group_id            = aws_security_group.emr["service"].id
  referenced_security_group_id = aws_security_group.emr["master"].id
  ip_protocol                  = "tcp"
  from_port                    = 9443
  to_port                      = 9443
}

resource "aws_vpc_security_group_egress_rule" "answers" {
  description                  = "The master answers the EMR service"
  security_group_id            = aws_security_group.emr["master"].id
  referenced_security_group_id = aws_security_group.emr["service"].id
  ip_protocol                  = "tcp"
  from_port                    = 9443
  to_port                      = 9443
}

# Its rules stand within it, for how many ranges a VPC has may be unknown until it is made.
resource "aws_security_group" "endpoints" {
  #checkov:skip=CKV2_AWS_5:it is attached to the interface endpoints, by an index that the check does not follow
  count       = length(var.interface_endpoints) > 0 ? 1 : 0
  name        = "${local.name}-endpoints"
  description = "Interface endpoints of AWS services"
  vpc_id      = local.vpc_id
  ingress {
    description = "Clients of AWS services"
    cidr_blocks = local.client_cidrs
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
  }
  ingress {
    description     = "Nodes of clusters"
    security_groups = [for group in local.cluster_groups : aws_security_group.emr[group].id]
    protocol        = "tcp"
    from_port       = 443
    to_port         = 443
  }
  tags = merge(var.tags, { Name = "${local.name}-endpoints" })
}

resource "aws_vpc_security_group_egress_rule" "endpoints" {
  for_each                     = length(var.interface_endpoints) > 0 ? local.cluster_groups : toset([])
  description                  = "AWS services by their interface endpoints"
  security_group_id            = aws_security_group.emr[each.key].id
  referenced_security_group_id = aws_security_group.endpoints[0].id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
}
