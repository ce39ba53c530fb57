#!/bin/bash
node ../../launch.mjs server
