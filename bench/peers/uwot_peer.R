# UMAP by uwot, with its seconds and the peak memory:
#
#     Rscript uwot_peer.R ROWS.f32 N D NEIGHBORS DIMENSION LAYOUT.f32 SEED
#
# Rows are little-endian float32, row after row. Two threads, which makes uwot's results differ from run to run.
suppressMessages(library(uwot))
argument <- commandArgs(TRUE)
number <- as.integer(argument[2:5])
rows <- matrix(readBin(argument[1], "numeric", number[1] * number[2], size = 4), nrow = number[1], byrow = TRUE)
set.seed(as.integer(argument[7]))

# A stage begins with the message that uwot announces it by.
announcements <- c(graph = "Commencing smooth kNN", start = "Initializing from", layout = "Commencing optimization", end = "Optimization finished")
begun <- c(neighbors = proc.time()[[3]])
note <- function(condition) {
  stage <- names(announcements)[startsWith(sub("^[0-9:]+ ", "", conditionMessage(condition)), announcements)]
  begun[stage] <<- proc.time()[[3]]
  invokeRestart("muffleMessage")
}
layout <- withCallingHandlers(
  umap(rows, n_neighbors = number[3], n_components = number[4], min_dist = 0, n_threads = 2, n_sgd_threads = 2, verbose = TRUE),
  message = note)
total <- proc.time()[[3]] - begun[["neighbors"]]
seconds <- diff(begun[c("neighbors", names(announcements))])
writeBin(as.vector(t(layout)), argument[6], size = 4)
peak <- as.numeric(gsub("[^0-9]", "", grep("VmHWM", readLines("/proc/self/status"), value = TRUE))) / 1024
cat(sprintf("%s=%.3f", names(begun)[1:4], seconds), "")
cat(sprintf("total=%.3f peak=%.0f version=%s\n", total, peak, packageVersion("uwot")))
