CREATE TABLE `drill_grade` (
	`run_id` text NOT NULL,
	`version` integer NOT NULL,
	`result` text NOT NULL,
	`input_hash` text NOT NULL,
	`log_seq` integer NOT NULL,
	`log_hash` text NOT NULL,
	`published_by` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`run_id`, `version`)
);
--> statement-breakpoint
CREATE TABLE `drill_participation` (
	`drill_id` text NOT NULL,
	`person_id` text NOT NULL,
	`title` text NOT NULL,
	`form` text NOT NULL,
	`role` text NOT NULL,
	`held_on` text NOT NULL,
	PRIMARY KEY(`drill_id`, `person_id`)
);
--> statement-breakpoint
CREATE INDEX `drill_participation_person` ON `drill_participation` (`person_id`,`held_on`);--> statement-breakpoint
CREATE TABLE `drill_report` (
	`run_id` text PRIMARY KEY NOT NULL,
	`facts` text NOT NULL,
	`analysis` text NOT NULL,
	`advice` text NOT NULL,
	`conclusion` text NOT NULL,
	`updated_by` text NOT NULL,
	`updated_at` integer NOT NULL,
	`signed_by` text,
	`signed_on` text,
	`scan_id` text
);
--> statement-breakpoint
CREATE TABLE `finding` (
	`id` text PRIMARY KEY NOT NULL,
	`drill_id` text NOT NULL,
	`run_id` text NOT NULL,
	`path` text NOT NULL,
	`text` text NOT NULL,
	`kind` text NOT NULL,
	`severity` text NOT NULL,
	`plan_key` text NOT NULL,
	`clause_no` text NOT NULL,
	`unit` text NOT NULL,
	`owner` text NOT NULL,
	`due_on` text NOT NULL,
	`state` text NOT NULL,
	`source` text NOT NULL,
	`needs_plan_revision` integer NOT NULL,
	`plan_version_id` text,
	`revision_waived_by` text,
	`revision_waiver` text NOT NULL,
	`remedy` text NOT NULL,
	`submitted_by` text,
	`verified_by` text,
	`waived_by` text,
	`waiver` text NOT NULL,
	`retest_run_id` text,
	`retest` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`closed_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `finding_source` ON `finding` (`run_id`,`source`);--> statement-breakpoint
CREATE INDEX `finding_drill` ON `finding` (`drill_id`);--> statement-breakpoint
CREATE INDEX `finding_path` ON `finding` (`path`,`state`);