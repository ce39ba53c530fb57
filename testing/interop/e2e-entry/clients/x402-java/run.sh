#!/bin/bash
node ../../launch.mjs client
