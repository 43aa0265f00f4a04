# Renders report.Rmd once for each page of a list, in sessions that share the list.
# Arguments: the list (JSON), the table `scores` (CSV), the folder for the pages, how many sessions.
given <- commandArgs(trailingOnly = TRUE)
here <- sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))
report <- file.path(normalizePath(dirname(here)), "report.Rmd")

# Not forked ones: they would give the same names to files that are there for a moment.
sessions <- parallel::makeCluster(as.integer(given[4]), setup_strategy = "parallel")
parallel::clusterExport(sessions, c("given", "report"))
invisible(parallel::clusterEvalQ(sessions, {
  library(rmarkdown)
  library(knitr)
  library(ggplot2)
  scores <- read.csv(given[2])
  folder <- normalizePath(given[3])
}))

made <- function(page) {
  name <- gsub("/", "-", page$id)
  render(
    report,
    output_file = file.path(folder, paste0(name, ".html")),
    intermediates_dir = file.path(folder, name),
    knit_root_dir = folder,
    params = list(scores = scores, groups = scores[scores$level != "unit", ], page = page),
    envir = new.env(),
    quiet = TRUE
  )
}

# Whoever is done with a page takes the next one.
pages <- jsonlite::read_json(given[1])
invisible(parallel::clusterApplyLB(sessions, pages, made))
parallel::stopCluster(sessions)
