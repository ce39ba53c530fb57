#!/bin/bash
node ../../launch.mjs facilitator
