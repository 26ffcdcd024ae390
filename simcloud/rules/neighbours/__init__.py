"""Laws of the services around ECS, which stand in front of moto: each of a Fargate design's neighbours."""
